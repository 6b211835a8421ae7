/** The deterministic state machine: members, balances, tiers, keys. No threads, clock, I/O, logging, randomness. */
package io.tallymark.ledger;
