package io.tallymark.ledger;

/**
 * How large a ledger is planned. None of it changes an outcome other than CAPACITY.
 *
 * @param expectedMembers members that space is prepared for at once; beyond, space grows page by page
 * @param maxMembers      members beyond this are refused with CAPACITY
 * @param maxKeys         live idempotency keys beyond this are refused with CAPACITY
 */
public record LedgerOptions(long expectedMembers, long maxMembers, long maxKeys) {
    /** Most members and most keys that slot numbers can tell apart. */
    public static final long MAX_SLOTS = 1_000_000_000L;

    /**
     * Checks that the numbers agree.
     *
     * @throws IllegalArgumentException naming the number that does not
     */
    public LedgerOptions {
        if (expectedMembers < 0 || expectedMembers > maxMembers) {
            throw new IllegalArgumentException("expectedMembers must be 0 to maxMembers: " + expectedMembers);
        }
        if (maxMembers < 1 || maxMembers > MAX_SLOTS) {
            throw new IllegalArgumentException("maxMembers must be 1 to " + MAX_SLOTS + ": " + maxMembers);
        }
        if (maxKeys < 1 || maxKeys > MAX_SLOTS) {
            throw new IllegalArgumentException("maxKeys must be 1 to " + MAX_SLOTS + ": " + maxKeys);
        }
    }
}
