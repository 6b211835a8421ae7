/** The Java client of the binary port. */
package io.tallymark.client;
