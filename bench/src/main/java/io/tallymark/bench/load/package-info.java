/** The load generator: a real server in its own process, driven over its ports, its totals checked at the end. */
package io.tallymark.bench.load;
