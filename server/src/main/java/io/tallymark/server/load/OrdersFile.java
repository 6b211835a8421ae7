package io.tallymark.server.load;

import java.nio.file.Path;

/**
 * A file of orders and how to read it.
 *
 * @param times   how event times are written; null: they are not taken from the file
 * @param returns what becomes of rows of negative sign
 */
record OrdersFile(Path path, Delimiter delimiter, ColumnMapping mapping, EventTimes times, Returns returns) {}
