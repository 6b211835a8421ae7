package io.tallymark.systemtests;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import java.util.HashMap;
import java.util.Map;

/**
 * The rules of program {@code mima} as far as the tests use them, written down a second time in the plainest way: one
 * point per whole yuan, all or nothing when points are taken, members enrolled by their first credit.
 */
final class NaiveBook {
    /** One member's account. */
    static final class Account {
        long availablePoints;
        long spendMinor;
        long visits;
        long earnedPoints;
    }

    private final Map<Long, Account> accounts = new HashMap<>();

    /** Applies one command and says what must come of it, without its sequence. */
    Receipt apply(final CommandType type, final long memberId, final long value, final long sequence) {
        final boolean isCredit = type == CommandType.ACCRUE || type == CommandType.ADJUST && value > 0;
        if (!isCredit && !accounts.containsKey(memberId)) {
            return new Receipt(ResultCode.UNKNOWN_MEMBER, sequence, 0);
        }
        final Account account = accounts.computeIfAbsent(memberId, id -> new Account());
        final long points = switch (type) {
            case ACCRUE -> value / 100;
            case REDEEM -> -value;
            case ADJUST -> value;
            default -> throw new AssertionError("the tests send no " + type);
        };
        if (account.availablePoints + points < 0) {
            return new Receipt(ResultCode.INSUFFICIENT_POINTS, sequence, 0);
        }
        account.availablePoints += points;
        if (type == CommandType.ACCRUE) {
            account.spendMinor += value;
            account.visits++;
            account.earnedPoints += points;
        }
        return new Receipt(ResultCode.ACCEPTED, sequence, points);
    }

    Map<Long, Account> accounts() {
        return accounts;
    }

    long availablePoints() {
        return accounts.values().stream()
                .mapToLong(account -> account.availablePoints)
                .sum();
    }
}
