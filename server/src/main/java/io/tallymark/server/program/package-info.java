/** Program files: YAML in, a compiled program out, or all the mistakes in the file with their places. */
package io.tallymark.server.program;
