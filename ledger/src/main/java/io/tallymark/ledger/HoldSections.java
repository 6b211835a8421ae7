package io.tallymark.ledger;

import io.tallymark.ledger.program.Expiry;

/** The sections HOLDS and HOLD_EXTRAS of a {@link MemberBlob}; whose points the parts are stands in ACCOUNTS. */
final class HoldSections {
    private static final int FOR_REWARD = 1;
    private static final int WITH_COUPON = 1 << 1;

    private HoldSections() {}

    static void pack(final HoldBook holds, final BlobWriter out) {
        out.put(holds.count);
        long number = 0;
        long deadline = 0;
        for (int i = 0; i < holds.count; i++) {
            out.putSigned(holds.number[i] - number);
            out.putSigned(holds.deadlineMs[i] - deadline);
            out.put(holds.valueMinor[i]);
            out.put(holds.partsEnd[i] - holds.partsStart(i));
            for (int part = holds.partsStart(i); part < holds.partsEnd[i]; part++) {
                out.putDay(holds.partDay[part], Expiry.NEVER_DAY);
                out.put(holds.partPoints[part]);
            }
            number = holds.number[i];
            deadline = holds.deadlineMs[i];
        }
    }

    static void unpack(final BlobReader in, final HoldBook holds) {
        long number = 0;
        long deadline = 0;
        for (int left = in.nextInt(); left > 0; left--) {
            number += in.nextSigned();
            deadline += in.nextSigned();
            holds.begin(number, deadline, in.next());
            for (int parts = in.nextInt(); parts > 0; parts--) {
                final int day = in.nextDay(Expiry.NEVER_DAY);
                holds.addPart(day, in.next());
            }
        }
    }

    static void packExtras(final HoldBook holds, final BlobWriter out) {
        for (int i = 0; i < holds.count; i++) {
            out.put((holds.reward[i] != 0 ? FOR_REWARD : 0) | (holds.coupon[i] != 0 ? WITH_COUPON : 0));
            if (holds.reward[i] != 0) {
                out.put(holds.reward[i]);
                out.put(holds.version[i]);
                out.put(holds.cashMinor[i]);
                out.putDay(holds.day[i], 0);
            }
            if (holds.coupon[i] != 0) {
                out.put(holds.coupon[i]);
                out.put(holds.couponSequence[i]);
                out.putDay(holds.couponDay[i], Expiry.NEVER_DAY);
                out.put(holds.couponUses[i]);
            }
        }
    }

    static void unpackExtras(final BlobReader in, final HoldBook holds) {
        for (int i = 0; i < holds.count; i++) {
            final int head = in.nextInt();
            if ((head & FOR_REWARD) != 0) {
                holds.reward[i] = in.nextInt();
                holds.version[i] = in.nextInt();
                holds.cashMinor[i] = in.next();
                holds.day[i] = in.nextDay(0);
            }
            if ((head & WITH_COUPON) != 0) {
                holds.coupon[i] = in.nextInt();
                holds.couponSequence[i] = in.next();
                holds.couponDay[i] = in.nextDay(Expiry.NEVER_DAY);
                holds.couponUses[i] = in.nextInt();
            }
        }
    }
}
