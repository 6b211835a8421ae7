/** The composition root of a running server: engine and gateway wired together, started and stopped in order. */
package io.tallymark.server.serve;
