package io.tallymark.protocol;

/**
 * One line of the answer to a program listing.
 *
 * @param program  its name
 * @param version  the version in force, from 1
 * @param hashHigh upper half of the canonical hash of that version
 * @param hashLow  lower half
 * @param members  how many members it has
 */
public record ProgramSummary(String program, int version, long hashHigh, long hashLow, long members) {}
