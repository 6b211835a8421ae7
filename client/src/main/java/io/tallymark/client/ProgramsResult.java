package io.tallymark.client;

import io.tallymark.protocol.Durability;
import io.tallymark.protocol.ProgramSummary;
import java.util.List;

/** The programs in force as of a sequence. */
public record ProgramsResult(List<ProgramSummary> programs, long asOfSequence, Durability durability) {}
