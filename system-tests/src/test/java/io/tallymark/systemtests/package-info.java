/** Real processes, real sockets, kill -9, power cuts. */
package io.tallymark.systemtests;
