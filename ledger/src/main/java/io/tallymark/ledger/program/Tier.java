package io.tallymark.ledger.program;

/**
 * One step of a program's tiers. A member reaches it when the spend of a lifetime reaches its threshold.
 *
 * @param id                    lower-case letters, digits and hyphens; stable over the program's versions
 * @param minLifetimeSpendMinor threshold in minor units; 0: held from enrolment
 * @param multiplierMicros      what earned points are multiplied by, in millionths: 1,500,000 is 1.5
 */
public record Tier(String id, long minLifetimeSpendMinor, long multiplierMicros) {}
