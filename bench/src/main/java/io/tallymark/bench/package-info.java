/** JMH benchmarks, load generator, side-by-side peers. */
package io.tallymark.bench;
