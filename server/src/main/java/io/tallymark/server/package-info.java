/** The composition root: configuration, wiring, command line. */
package io.tallymark.server;
