/** What every room shares: the wire schema and its codecs, the command and its outcome, result codes and limits. */
package io.tallymark.protocol;
