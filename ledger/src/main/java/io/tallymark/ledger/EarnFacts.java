package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import org.agrona.DirectBuffer;

/**
 * What conditions ask about an order and its member, decided before the rules run. The texts stay where they are: a
 * fact lives as long as the command it speaks of. Mutable and reused; one thread.
 */
final class EarnFacts {
    private static final long MINUTE_MS = 60_000L;
    private static final int DAYS_TO_MONDAY = 3;

    long amountMinor;

    /** The member's level before the order, in the version that applies; 0: none. */
    int tierRank;

    /** The member has no accrued order yet. */
    boolean firstPurchase;

    /** The event lies in the month of the member's birthday. */
    boolean birthdayMonth;

    /** Bit i: the i-th campaign of the version's list is paused. */
    long pausedCampaigns;

    /** Event time, clamped to the engine's, epoch milliseconds. */
    private long eventTimeMs;

    private int localDay;
    private int minuteOfDay;
    private DirectBuffer channelBuffer;
    private int channelOffset;
    private int channelLength;
    private DirectBuffer storeBuffer;
    private int storeOffset;
    private int storeLength;

    void clear() {
        amountMinor = 0;
        tierRank = 0;
        firstPurchase = false;
        birthdayMonth = false;
        pausedCampaigns = 0;
        at(0, 0);
        channel(null, 0, 0);
        store(null, 0, 0);
    }

    /** Sets when it happened, with the program's offset. */
    void at(final long timeMs, final int utcOffsetMinutes) {
        final long localMs = timeMs + utcOffsetMinutes * MINUTE_MS;
        eventTimeMs = timeMs;
        localDay = (int) Math.floorDiv(localMs, CompiledProgram.DAY_MS);
        minuteOfDay = (int) (Math.floorMod(localMs, CompiledProgram.DAY_MS) / MINUTE_MS);
    }

    /** Sets channel and store to those of a command. */
    void textsOf(final Command c) {
        channel(c.bytes(), c.offset(VarField.CHANNEL), c.length(VarField.CHANNEL));
        store(c.bytes(), c.offset(VarField.STORE), c.length(VarField.STORE));
    }

    void channel(final DirectBuffer buffer, final int offset, final int length) {
        channelBuffer = buffer;
        channelOffset = offset;
        channelLength = length;
    }

    void store(final DirectBuffer buffer, final int offset, final int length) {
        storeBuffer = buffer;
        storeOffset = offset;
        storeLength = length;
    }

    long eventTimeMs() {
        return eventTimeMs;
    }

    /** Day of the program in which the event lies, from 1970-01-01. */
    int localDay() {
        return localDay;
    }

    /** 0 to 1,439. */
    int minuteOfDay() {
        return minuteOfDay;
    }

    /** 0 Monday to 6 Sunday. */
    int weekday() {
        return Math.floorMod(localDay + DAYS_TO_MONDAY, 7);
    }

    /** 1 to 31. */
    int monthDay() {
        // Days of a calendar whose years start in March, so that the leap day is the last of its year.
        final int day = localDay + 719_468;
        final int dayOfEra = Math.floorMod(day, 146_097);
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int month = (5 * dayOfYear + 2) / 153;
        return dayOfYear - (153 * month + 2) / 5 + 1;
    }

    boolean channelIsIn(final EarnTexts texts) {
        return texts.contains(channelBuffer, channelOffset, channelLength);
    }

    boolean storeIsIn(final EarnTexts texts) {
        return texts.contains(storeBuffer, storeOffset, storeLength);
    }
}
