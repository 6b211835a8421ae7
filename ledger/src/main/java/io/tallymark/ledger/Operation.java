package io.tallymark.ledger;

/**
 * One row of the ledger's table of operations.
 *
 * @param handler        decides and acts
 * @param namesProgram   must name a program that exists
 * @param concernsMember its member is looked up first
 * @param keyed          carries a source and a document id and happens once
 */
record Operation(Handler handler, boolean namesProgram, boolean concernsMember, boolean keyed) {}
