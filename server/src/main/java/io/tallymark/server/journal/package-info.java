/** Looks at a journal from outside: verifies it, prints it, replays it. */
package io.tallymark.server.journal;
