package io.tallymark.gateway.http;

import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.VarField;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a request can ask for: the one table of paths. What a body has follows from the shape of the route's command and
 * from what the path says already, see {@link BodyMembers}.
 */
enum Route {
    ACCRUALS(Method.POST, "/v1/programs/{program}/accruals", CommandType.ACCRUE),
    REDEMPTIONS(Method.POST, "/v1/programs/{program}/redemptions", CommandType.REDEEM),
    ADJUSTMENTS(Method.POST, "/v1/programs/{program}/adjustments", CommandType.ADJUST),
    MEMBER(Method.GET, "/v1/programs/{program}/members/{memberId}", CommandType.QUERY_MEMBER),
    ACTIVITIES(Method.POST, "/v1/programs/{program}/activities", CommandType.ACTIVITY),
    CLAIMS(Method.POST, "/v1/programs/{program}/claims", CommandType.CLAIM),
    HOLDS(Method.POST, "/v1/programs/{program}/holds", CommandType.HOLD),
    CAPTURE(Method.POST, "/v1/programs/{program}/holds/{source}/{documentId}/capture", CommandType.CAPTURE),
    VOID(Method.POST, "/v1/programs/{program}/holds/{source}/{documentId}/void", CommandType.VOID),
    REFUNDS(Method.POST, "/v1/programs/{program}/refunds", CommandType.REFUND),
    RETURNS(Method.POST, "/v1/programs/{program}/returns", CommandType.RETURN_UNREFERENCED),
    REVERSALS(Method.POST, "/v1/programs/{program}/reversals", CommandType.REVERSE),
    ACTIVATIONS(Method.POST, "/v1/programs/{program}/activations", CommandType.ACTIVATE_PENDING),
    CANCELLATIONS(Method.POST, "/v1/programs/{program}/cancellations", CommandType.CANCEL_PENDING),
    TRANSFERS(Method.POST, "/v1/programs/{program}/transfers", CommandType.TRANSFER),
    PREVIEW_ACCRUALS(Method.POST, "/v1/programs/{program}/previews/accruals", CommandType.PREVIEW_ACCRUE),
    PREVIEW_REDEMPTIONS(Method.POST, "/v1/programs/{program}/previews/redemptions", CommandType.PREVIEW_REDEEM),
    MEMBERS(Method.POST, "/v1/programs/{program}/members", CommandType.ENROL),
    LINK(Method.POST, "/v1/programs/{program}/members/{memberId}/identities", CommandType.LINK_IDENTITY),
    UNLINK(Method.POST, "/v1/programs/{program}/members/{memberId}/identities/unlink", CommandType.UNLINK_IDENTITY),
    FREEZE(Method.POST, "/v1/programs/{program}/members/{memberId}/freeze", CommandType.FREEZE),
    UNFREEZE(Method.POST, "/v1/programs/{program}/members/{memberId}/unfreeze", CommandType.UNFREEZE),
    CLOSE(Method.POST, "/v1/programs/{program}/members/{memberId}/close", CommandType.CLOSE),
    ERASE(Method.POST, "/v1/programs/{program}/members/{memberId}/erase", CommandType.ERASE),
    MERGE(Method.POST, "/v1/programs/{program}/members/{memberId}/merge", CommandType.MERGE),
    GRANT_TIER(Method.POST, "/v1/programs/{program}/members/{memberId}/tiers", CommandType.GRANT_TIER),
    REVOKE_TIER(Method.POST, "/v1/programs/{program}/members/{memberId}/tiers/revoke", CommandType.REVOKE_TIER),
    PAUSE_CAMPAIGN(Method.POST, "/v1/programs/{program}/campaigns/{campaign}/pause", CommandType.PAUSE),
    RESUME_CAMPAIGN(Method.POST, "/v1/programs/{program}/campaigns/{campaign}/resume", CommandType.RESUME),
    PAUSE_REDEMPTIONS(Method.POST, "/v1/programs/{program}/redemptions/pause", CommandType.PAUSE, "redemptions"),
    RESUME_REDEMPTIONS(Method.POST, "/v1/programs/{program}/redemptions/resume", CommandType.RESUME, "redemptions"),
    IDENTITIES(Method.GET, "/v1/programs/{program}/members/{memberId}/identities", CommandType.QUERY_IDENTITIES),
    HOLDS_OF(Method.GET, "/v1/programs/{program}/members/{memberId}/holds", CommandType.QUERY_HOLDS),
    PENDING(Method.GET, "/v1/programs/{program}/members/{memberId}/pending", CommandType.QUERY_PENDING),
    EXPIRING(Method.GET, "/v1/programs/{program}/members/{memberId}/expiring", CommandType.QUERY_EXPIRING),
    PROGRESS(Method.GET, "/v1/programs/{program}/members/{memberId}/progress", CommandType.QUERY_PROGRESS),
    MEMBER_BY_IDENTITY(
            Method.GET, "/v1/programs/{program}/identities/{channel}/{externalId}", CommandType.QUERY_MEMBER),
    ORDER(Method.GET, "/v1/programs/{program}/orders/{source}/{documentId}", CommandType.QUERY_ORDER),
    CAMPAIGN(Method.GET, "/v1/programs/{program}/campaigns/{campaign}", CommandType.QUERY_CAMPAIGN),
    VERSION(Method.GET, "/v1/programs/{program}/versions/{version}", CommandType.QUERY_VERSION),
    RESTOCKS(Method.POST, "/v1/programs/{program}/restocks", CommandType.RESTOCK),
    COUPONS(Method.POST, "/v1/programs/{program}/coupons", CommandType.GRANT_COUPON),
    COUPON_USES(Method.POST, "/v1/programs/{program}/coupons/uses", CommandType.USE_COUPON),
    BENEFIT_USES(Method.POST, "/v1/programs/{program}/benefits/uses", CommandType.USE_BENEFIT),
    USE_RETURNS(Method.POST, "/v1/programs/{program}/uses/returns", CommandType.RETURN_USE),
    PACKS(Method.POST, "/v1/programs/{program}/packs", CommandType.BUY_PACK),
    PACK_REFUNDS(Method.POST, "/v1/programs/{program}/packs/refunds", CommandType.REFUND_PACK),
    DRAWS(Method.POST, "/v1/programs/{program}/draws", CommandType.DRAW),
    TOP_UPS(Method.POST, "/v1/programs/{program}/wallets/topups", CommandType.TOP_UP),
    VALUE_SPENDINGS(Method.POST, "/v1/programs/{program}/wallets/spendings", CommandType.SPEND_VALUE),
    VALUE_REFUNDS(Method.POST, "/v1/programs/{program}/wallets/refunds", CommandType.REFUND_VALUE),
    REWARD(Method.GET, "/v1/programs/{program}/rewards/{reward}", CommandType.QUERY_REWARD),
    COUPON(Method.GET, "/v1/programs/{program}/coupons/{coupon}", CommandType.QUERY_COUPON),
    BOARD(Method.GET, "/v1/programs/{program}/boards/{board}", CommandType.QUERY_BOARD),
    SETTLEMENT(Method.GET, "/v1/programs/{program}/issuers/{issuer}/settlement", CommandType.QUERY_SETTLEMENT),
    COUPONS_OF(Method.GET, "/v1/programs/{program}/members/{memberId}/coupons", CommandType.QUERY_COUPONS),
    BENEFITS_OF(Method.GET, "/v1/programs/{program}/members/{memberId}/benefits", CommandType.QUERY_BENEFITS),
    WALLETS_OF(Method.GET, "/v1/programs/{program}/members/{memberId}/wallets", CommandType.QUERY_WALLETS),
    PROGRAM(Method.PUT, "/v1/programs/{program}", CommandType.PUBLISH_PROGRAM),
    PROGRAMS(Method.GET, "/v1/programs", CommandType.LIST_PROGRAMS),
    HEALTH(Method.GET, "/healthz", CommandType.NONE),
    READY(Method.GET, "/readyz", CommandType.NONE),
    METRICS(Method.GET, "/metrics", CommandType.NONE),
    /** A path behind which there is nothing. */
    NOWHERE(null, "", CommandType.NONE);

    private static final Route[] ALL = values();

    /** Most segments that a path has here. */
    static final int MAX_SEGMENTS =
            Arrays.stream(ALL).mapToInt(Route::segments).max().orElseThrow();

    static {
        for (final Route route : ALL) {
            route.allow = ResponseWriter.ascii("Allow: "
                    + Arrays.stream(ALL)
                            .filter(other -> other.method != null && other.pattern.equals(route.pattern))
                            .map(other -> other.method.allow)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + "\r\n");
        }
    }

    private final Method method;
    private final String pattern;
    private final CommandType command;
    private final String rule;
    private final String[] literals;
    private final PathPart[] parts;
    private final BodyMembers members;
    private byte[] allow;

    Route(final Method method, final String pattern, final CommandType command) {
        this(method, pattern, command, null);
    }

    Route(final Method method, final String pattern, final CommandType command, final String rule) {
        this.method = method;
        this.pattern = pattern;
        this.command = command;
        this.rule = rule;
        this.literals = pattern.isEmpty() ? new String[0] : pattern.substring(1).split("/", -1);
        this.parts = new PathPart[literals.length];
        int inPath = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = PathPart.of(literals[i]);
            inPath |= parts[i] == null ? 0 : parts[i].bit();
        }
        this.members = method == Method.POST ? new BodyMembers(command, inPath, rule != null) : null;
    }

    /** How a request asks. */
    enum Method {
        /** Also HEAD. */
        GET("GET, HEAD"),
        /** With a body of JSON. */
        POST("POST"),
        /** With a body of YAML. */
        PUT("PUT");

        private final String allow;

        Method(final String allow) {
            this.allow = allow;
        }
    }

    static Route of(final int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }

    /** The command that a request becomes; NONE where the front itself answers. */
    CommandType command() {
        return command;
    }

    /** Null: {@link #NOWHERE}. */
    Method method() {
        return method;
    }

    /** The path, with {@link PathPart}s in braces. */
    String pattern() {
        return pattern;
    }

    int segments() {
        return literals.length;
    }

    /** A literal segment; meaningless where {@link #part} is not null. */
    String literal(final int segment) {
        return literals[segment];
    }

    /** What a segment stands for; null: it is literal. */
    PathPart part(final int segment) {
        return parts[segment];
    }

    /** What the path says for {@link VarField#RULE_ID}, beside its parts; null: nothing. */
    String rule() {
        return rule;
    }

    /** Whether the request only asks: then what is not there is a 404. */
    boolean isQuery() {
        return method == null || method == Method.GET;
    }

    /** Whether the request has a body. */
    boolean hasBody() {
        return method == Method.POST || method == Method.PUT;
    }

    /** The members of its body; null where that is no JSON. */
    BodyMembers members() {
        return members;
    }

    /** The header line that names the methods of the path. */
    byte[] allow() {
        return allow;
    }
}
