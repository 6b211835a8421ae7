package io.tallymark.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Well-formed requests of every type with random content. The command is what is to be decoded: with the identity as
 * hashes, which the encoder leaves out.
 */
final class RandomRequests {
    /** A hasher that can be followed by hand: one key, sums of the bytes. */
    static final IdentityHasher HASHER = RandomRequests::hash;

    private final Random random;
    private boolean isForReward;
    final Command command = Commands.roomy();
    final ExternalIdentity identity = new ExternalIdentity();

    RandomRequests(final Random random) {
        this.random = random;
    }

    private static int hash(final byte[] message, final int length, final MutableDirectBuffer into, final int offset) {
        into.putByte(offset, (byte) 7);
        into.setMemory(offset + 1, 16, (byte) 0);
        for (int i = 0; i < length; i++) {
            final int at = offset + 1 + i % 16;
            into.putByte(at, (byte) (31 * into.getByte(at) + message[i]));
        }
        return IdentityHashes.ENTRY_BYTES;
    }

    /** The next request, in {@link #command} and {@link #identity}. */
    RandomRequests next() {
        CommandType type = CommandType.NONE;
        while (CommandDecoder.requestOf(type.code()) == null) {
            type = CommandType.values()[random.nextInt(CommandType.values().length)];
        }
        return next(type);
    }

    RandomRequests next(final CommandType type) {
        final CommandShape shape = type.shape();
        command.reset(type).correlationId(random.nextLong() >>> 1);
        identity.clear();
        for (final FixedField field : shape.fixedFields()) {
            command.set(field, value(shape, field));
        }
        isForReward = false;
        if (shape.has(FixedField.CASH_MINOR)) {
            spending();
        }
        final byte[] lines = new byte[40_000];
        final int linesLength = shape.lines() == CommandShape.Lines.NONE ? 0 : lines(shape, new UnsafeBuffer(lines));
        for (final VarField field : VarField.values()) {
            if (field == VarField.LINES && linesLength > 0) {
                command.put(field, new UnsafeBuffer(lines), 0, linesLength);
            } else if (shape.varFields().contains(field)) {
                text(shape, field);
            }
        }
        identity(shape);
        return this;
    }

    private long value(final CommandShape shape, final FixedField field) {
        final boolean absent = !shape.requires(field) && random.nextInt(3) == 0;
        return switch (field) {
            case MEMBER_ID, OTHER_MEMBER_ID -> 1 + random.nextLong(Long.MAX_VALUE - 1);
            case AMOUNT_MINOR, CASH_MINOR -> absent ? 0 : 1 + random.nextLong(Limits.MAX_VALUE);
            case POINTS -> {
                final long points = absent ? 0 : 1 + random.nextLong(Limits.MAX_VALUE);
                yield shape == CommandType.ADJUST.shape() && random.nextBoolean() ? -points : points;
            }
            case EVENT_TIME, UNTIL -> absent ? Command.NO_TIME : random.nextLong(253_402_300_800_000L);
            case TTL_MS -> absent ? 0 : random.nextLong(30L * 86_400_000 + 1);
            case BIRTHDAY ->
                absent
                        ? 0
                        : (1900 + random.nextInt(150)) * 10_000
                                + (1 + random.nextInt(12)) * 100
                                + 1
                                + random.nextInt(28);
            case VERSION -> absent ? 0 : 1 + random.nextInt(65_535);
            case FLAGS -> random.nextBoolean() ? 0 : shape.flags();
            case QUANTITY -> (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(Limits.MAX_QUANTITY));
            case REFERRER_ID -> absent ? 0 : 1 + random.nextLong(Long.MAX_VALUE - 1);
            case RANDOM_BITS -> throw new IllegalStateException("no message carries it");
        };
    }

    private void spending() {
        isForReward = random.nextInt(3) == 0;
        if (isForReward) {
            command.amountMinor(0).cashMinor(0).points(0);
        } else if (random.nextBoolean()) {
            command.amountMinor(0).cashMinor(0).points(1 + random.nextInt(1_000));
        } else {
            command.points(0).amountMinor(2 + random.nextInt(1_000_000));
            command.cashMinor(random.nextBoolean() ? 0 : command.amountMinor() - 1);
        }
    }

    private int lines(final CommandShape shape, final UnsafeBuffer into) {
        final boolean isOrder = shape.lines() == CommandShape.Lines.ORDER;
        final int count = random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 0;
        int to = 0;
        long sum = 0;
        int number = 0;
        for (int i = 0; i < count; i++) {
            number += 1 + random.nextInt(2_000);
            final boolean byQuantity = random.nextBoolean();
            final long amount = isOrder || !byQuantity ? 1 + random.nextInt(10_000) : 0;
            final int quantity = isOrder || byQuantity ? 1 + random.nextInt(1 << 20) : 0;
            sum += amount;
            to = OrderLines.putFixed(into, to, number, quantity, amount, isOrder ? random.nextInt(4) : 0);
            for (int t = 0; t < 3; t++) {
                final byte[] text = (isOrder ? text() : "").getBytes(StandardCharsets.UTF_8);
                to = OrderLines.putText(into, to, new UnsafeBuffer(text), 0, text.length);
            }
        }
        if (count > 0) {
            command.lineCount(count).amountMinor(isOrder ? sum : 0);
        }
        return to;
    }

    private void text(final CommandShape shape, final VarField field) {
        switch (field) {
            case PROGRAM -> command.put(field, "p-" + random.nextInt(100));
            case SOURCE -> command.put(field, "pos-" + random.nextInt(10));
            case DOCUMENT_ID, ORIGINAL_DOCUMENT_ID -> command.put(field, "doc!~" + random.nextLong());
            case COMPILED_PROGRAM -> {
                final byte[] compiled = new byte[1 + random.nextInt(300)];
                random.nextBytes(compiled);
                command.put(field, new UnsafeBuffer(compiled), 0, compiled.length);
            }
            case ORIGINAL_SOURCE -> {
                if (shape.requires(field) || random.nextBoolean()) {
                    command.put(field, "crm");
                }
            }
            case RULE_ID -> {
                if (shape.requires(field) || isForReward) {
                    command.put(field, "rule-" + random.nextInt(9));
                }
            }
            case WALLET_ID -> {
                if (!isForReward && random.nextBoolean()) {
                    command.put(field, "wallet-" + random.nextInt(9));
                }
            }
            default -> {
                final String text = shape.requires(field) ? "web" + text().replace("x", "") : text();
                if (!text.isEmpty()) {
                    command.put(field, text.length() > 20 ? text.substring(0, 20) : text);
                }
            }
        }
    }

    private void identity(final CommandShape shape) {
        final boolean has = switch (shape.identity()) {
            case NONE -> false;
            case REQUIRED -> true;
            default -> random.nextInt(3) == 0;
        };
        if (!has) {
            return;
        }
        if (shape.identity() == CommandShape.Identity.INSTEAD_OF_MEMBER) {
            command.memberId(0);
        }
        final String channel = "wechat-" + random.nextInt(5);
        final String externalId = random.nextBoolean() ? "😀" : "o".repeat(1 + random.nextInt(128));
        identity.set(channel, externalId);
        final byte[] hashes = new byte[IdentityHashes.MAX_BYTES];
        final byte[] message = message(command.text(VarField.PROGRAM), channel, externalId);
        final int length = HASHER.hash(message, message.length, new UnsafeBuffer(hashes), 0);
        command.put(VarField.IDENTITY_CHANNEL, channel).put(VarField.IDENTITY, new UnsafeBuffer(hashes), 0, length);
    }

    /** What is hashed: each text behind a length byte. */
    static byte[] message(final String... texts) {
        final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (final String text : texts) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private String text() {
        final String[] choices = {"", "web", "上海旗舰店", "x".repeat(64), "é".repeat(32), "😀 shop"};
        return choices[random.nextInt(choices.length)];
    }
}
