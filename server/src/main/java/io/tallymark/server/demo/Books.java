package io.tallymark.server.demo;

import io.tallymark.protocol.ResultCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * The demonstration's own books, as naive as can be and knowing nothing of the server's code: one point for each yuan,
 * times the multiplier of the tier that the spend so far has given, rounded down. What the server answers is compared
 * with them.
 */
final class Books {
    /** The demonstration's tiers, lowest first; the program file says the same. */
    enum Tier {
        NORMAL("normal", 1_00, "1"),
        SENIOR("senior", 380_00, "1.1"),
        VIP("vip", 2_000_00, "1.25"),
        SUPREME("supreme", 5_000_00, "1.5");

        final String id;
        final long fromSpendMinor;
        final BigDecimal multiplier;

        Tier(final String id, final long fromSpendMinor, final String multiplier) {
            this.id = id;
            this.fromSpendMinor = fromSpendMinor;
            this.multiplier = new BigDecimal(multiplier);
        }

        /** The tier of a lifetime's spend; null: none. */
        static Tier of(final long spendMinor) {
            Tier reached = null;
            for (final Tier tier : values()) {
                if (spendMinor >= tier.fromSpendMinor) {
                    reached = tier;
                }
            }
            return reached;
        }
    }

    /** How many items the flash sale has, and what one costs; the program file says the same. */
    static final int ITEMS = 100;

    static final long ITEM_POINTS = 100;

    /** One member. */
    static final class Account {
        long spendMinor;
        long earnedPoints;
        long redeemedPoints;
        long visits;
        boolean hasItem;

        long availablePoints() {
            return earnedPoints - redeemedPoints;
        }

        /** Empty: none. */
        String tier() {
            final Tier tier = Tier.of(spendMinor);
            return tier == null ? "" : tier.id;
        }
    }

    private static final int MINOR_DIGITS = 2;

    private final Map<Long, Account> accounts = new HashMap<>();
    private long issuedPoints;
    private long redeemedPoints;
    private int soldItems;

    /** Books an order, and its member with the first; returns the points it earns. */
    long order(final long memberId, final long amountMinor) {
        final Account account = accounts.computeIfAbsent(memberId, id -> new Account());
        final Tier tier = Tier.of(account.spendMinor);
        final BigDecimal yuan = BigDecimal.valueOf(amountMinor).movePointLeft(MINOR_DIGITS);
        final BigDecimal exact = tier == null ? yuan : yuan.multiply(tier.multiplier);
        final long points = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
        account.spendMinor += amountMinor;
        account.earnedPoints += points;
        account.visits++;
        issuedPoints += points;
        return points;
    }

    /** Books a redemption if the member has the points; returns the right answer. */
    ResultCode redeem(final long memberId, final long points) {
        final Account account = accounts.get(memberId);
        if (account == null) {
            return ResultCode.UNKNOWN_MEMBER;
        }
        if (points > account.availablePoints()) {
            return ResultCode.INSUFFICIENT_POINTS;
        }
        account.redeemedPoints += points;
        redeemedPoints += points;
        return ResultCode.ACCEPTED;
    }

    /** Books an attempt of the flash sale if it gets an item; returns the right answer. */
    ResultCode buy(final long memberId) {
        final Account account = accounts.get(memberId);
        if (account != null && account.hasItem) {
            return ResultCode.RULE_LIMIT_REACHED;
        }
        if (account != null && soldItems == ITEMS) {
            return ResultCode.OUT_OF_STOCK;
        }
        final ResultCode code = redeem(memberId, ITEM_POINTS);
        if (code == ResultCode.ACCEPTED) {
            account.hasItem = true;
            soldItems++;
        }
        return code;
    }

    /** A member's account; null: never ordered. */
    Account account(final long memberId) {
        return accounts.get(memberId);
    }

    int members() {
        return accounts.size();
    }

    int soldItems() {
        return soldItems;
    }

    long issuedPoints() {
        return issuedPoints;
    }

    long redeemedPoints() {
        return redeemedPoints;
    }

    long availablePoints() {
        return issuedPoints - redeemedPoints;
    }
}
