/** A loyalty program in its compiled form: what the journal keeps and the ledger obeys. */
package io.tallymark.ledger.program;
