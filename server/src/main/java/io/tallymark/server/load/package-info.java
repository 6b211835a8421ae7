/** Reads a file of orders, row by row, and sends the orders to a server. */
package io.tallymark.server.load;
