/** The single-writer pipeline that runs a ledger on a journal, and its recovery. */
package io.tallymark.engine;
