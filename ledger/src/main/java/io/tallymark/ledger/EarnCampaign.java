package io.tallymark.ledger;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;

/** One campaign of an {@link EarnPlan}. Immutable. */
final class EarnCampaign {
    final String id;

    /** The same in all versions of the program. */
    final int number;

    final Campaign.Mode mode;
    final EarnCondition when;

    /** m − 1 in millionths; 0 for a bonus. */
    final long addedMicros;

    /** m in lowest terms. */
    final long top;

    final long bottom;
    final long bonusPoints;
    final boolean perUnit;
    final long orderCap;
    final long memberCap;
    final long memberDayCap;
    final long budget;

    EarnCampaign(final Campaign campaign, final int number, final CompiledProgram program) {
        id = campaign.id();
        this.number = number;
        mode = campaign.mode();
        when = new EarnCondition(campaign.when(), program);
        final boolean bonus = mode == Campaign.Mode.BONUS;
        final long micros = bonus ? CompiledProgram.ONE_MICROS : campaign.multiplierMicros();
        final long common = EarnPlan.gcd(micros, CompiledProgram.ONE_MICROS);
        addedMicros = micros - CompiledProgram.ONE_MICROS;
        top = micros / common;
        bottom = CompiledProgram.ONE_MICROS / common;
        bonusPoints = campaign.bonusPoints();
        perUnit = bonus && campaign.perUnit();
        orderCap = campaign.orderCap();
        memberCap = campaign.memberCap();
        memberDayCap = campaign.memberDayCap();
        budget = campaign.budget();
    }
}
