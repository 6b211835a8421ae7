/** {@code tallymark demo}: a member day at a made-up shop, a kill, a recovery, and books of its own beside it all. */
package io.tallymark.server.demo;
