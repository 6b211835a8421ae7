package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of routes, row by row: the smallest body, the largest, and each thing that can be wrong with one. */
class RouteTest {
    private static final String KEY = "\"source\":\"pos\",\"documentId\":\"d-1\"";
    private static final String IDENTITY = "\"identity\":{\"channel\":\"wechat\",\"externalId\":\"o-7\"}";
    private static final String KEY_SAYS = "SOURCE=pos DOCUMENT_ID=d-1 ";
    private static final String PATH_SAYS = "ORIGINAL_SOURCE=shop/1 ORIGINAL_DOCUMENT_ID=D/1:%";

    private static final String STORED_VALUE = "\"memberId\":7,\"amountMinor\":10,\"wallet\":\"cash\"";
    private static final String STORED_VALUE_SAYS = "MEMBER_ID=7 AMOUNT_MINOR=10 RULE_ID=cash";

    private final JsonRequestReader reader = new JsonRequestReader();
    private final Command command = new Command();

    RouteTest() {
        command.lend(new UnsafeBuffer(new byte[JsonRequestReader.COMMAND_BYTES]));
    }

    /** Route; members of the smallest body beside its key; what the command says beside program and key. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                row(Route.ACCRUALS, "\"memberId\":7,\"amountMinor\":10", "MEMBER_ID=7 AMOUNT_MINOR=10"),
                row(Route.REDEMPTIONS, "\"memberId\":7,\"points\":5", "MEMBER_ID=7 POINTS=5"),
                row(
                        Route.ADJUSTMENTS,
                        "\"memberId\":7,\"points\":-5,\"reason\":\"r\",\"operatorId\":\"o\"",
                        "MEMBER_ID=7 POINTS=-5 REASON=r OPERATOR_ID=o"),
                row(Route.ACTIVITIES, "\"memberId\":7,\"activity\":\"sign-in\"", "MEMBER_ID=7 RULE_ID=sign-in"),
                row(
                        Route.CLAIMS,
                        "\"memberId\":7,\"amountMinor\":10,\"originalDocumentId\":\"A-1\"",
                        "MEMBER_ID=7 AMOUNT_MINOR=10 ORIGINAL_DOCUMENT_ID=A-1"),
                row(Route.HOLDS, "\"memberId\":7,\"points\":5", "MEMBER_ID=7 POINTS=5"),
                row(Route.CAPTURE, "", PATH_SAYS),
                row(Route.VOID, "", PATH_SAYS),
                row(Route.REFUNDS, "\"originalDocumentId\":\"A-1\"", "ORIGINAL_DOCUMENT_ID=A-1"),
                row(Route.RETURNS, "\"memberId\":7,\"amountMinor\":10", "MEMBER_ID=7 AMOUNT_MINOR=10"),
                row(Route.REVERSALS, "\"originalDocumentId\":\"R-1\"", "ORIGINAL_DOCUMENT_ID=R-1"),
                row(Route.ACTIVATIONS, "\"originalDocumentId\":\"A-1\"", "ORIGINAL_DOCUMENT_ID=A-1"),
                row(Route.CANCELLATIONS, "\"originalDocumentId\":\"A-1\"", "ORIGINAL_DOCUMENT_ID=A-1"),
                row(
                        Route.TRANSFERS,
                        "\"memberId\":7,\"toMemberId\":\"8\",\"points\":5",
                        "MEMBER_ID=7 OTHER_MEMBER_ID=8 POINTS=5"),
                row(Route.PREVIEW_ACCRUALS, "\"memberId\":7,\"amountMinor\":10", "MEMBER_ID=7 AMOUNT_MINOR=10"),
                row(Route.PREVIEW_REDEMPTIONS, "\"memberId\":7,\"points\":5", "MEMBER_ID=7 POINTS=5"),
                row(Route.MEMBERS, "", ""),
                row(Route.LINK, IDENTITY, "MEMBER_ID=42"),
                row(Route.UNLINK, IDENTITY, "MEMBER_ID=42"),
                row(Route.FREEZE, "", "MEMBER_ID=42"),
                row(Route.UNFREEZE, "", "MEMBER_ID=42"),
                row(Route.CLOSE, "", "MEMBER_ID=42"),
                row(Route.ERASE, "", "MEMBER_ID=42"),
                row(Route.MERGE, "\"intoMemberId\":8", "MEMBER_ID=42 OTHER_MEMBER_ID=8"),
                row(Route.GRANT_TIER, "\"tier\":\"vip\",\"way\":\"paid\"", "MEMBER_ID=42 RULE_ID=vip WAY=paid"),
                row(Route.REVOKE_TIER, "\"tier\":\"vip\",\"way\":\"paid\"", "MEMBER_ID=42 RULE_ID=vip WAY=paid"),
                row(Route.PAUSE_CAMPAIGN, "", "RULE_ID=double-days"),
                row(Route.RESUME_CAMPAIGN, "", "RULE_ID=double-days"),
                row(Route.PAUSE_REDEMPTIONS, "", "RULE_ID=redemptions"),
                row(Route.RESUME_REDEMPTIONS, "", "RULE_ID=redemptions"),
                row(Route.RESTOCKS, "\"reward\":\"mug\",\"quantity\":-5", "RULE_ID=mug QUANTITY=-5"),
                row(Route.COUPONS, "\"memberId\":7,\"coupon\":\"latte\"", "MEMBER_ID=7 RULE_ID=latte"),
                row(Route.COUPON_USES, "\"memberId\":7,\"coupon\":\"latte\"", "MEMBER_ID=7 RULE_ID=latte"),
                row(Route.BENEFIT_USES, "\"memberId\":7,\"benefit\":\"lounge\"", "MEMBER_ID=7 RULE_ID=lounge"),
                row(Route.USE_RETURNS, "\"originalDocumentId\":\"U-1\"", "ORIGINAL_DOCUMENT_ID=U-1"),
                row(Route.PACKS, "\"memberId\":7,\"pack\":\"ten\"", "MEMBER_ID=7 RULE_ID=ten"),
                row(Route.PACK_REFUNDS, "\"originalDocumentId\":\"B-1\"", "ORIGINAL_DOCUMENT_ID=B-1"),
                row(Route.DRAWS, "\"memberId\":7,\"draw\":\"wheel\"", "MEMBER_ID=7 RULE_ID=wheel"),
                row(Route.TOP_UPS, STORED_VALUE, STORED_VALUE_SAYS),
                row(Route.VALUE_SPENDINGS, STORED_VALUE, STORED_VALUE_SAYS),
                row(Route.VALUE_REFUNDS, STORED_VALUE, STORED_VALUE_SAYS));
    }

    private static Arguments row(final Route route, final String members, final String says) {
        return Arguments.of(route, members, says);
    }

    private static boolean isKeyed(final Route route) {
        return route.command().shape().isKeyed();
    }

    static String body(final Route route, final String members) {
        final String key = isKeyed(route) ? KEY : "";
        return "{" + key + (key.isEmpty() || members.isEmpty() ? "" : ",") + members + "}";
    }

    private Refusal read(final Route route, final String json) {
        final byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return reader.read(route, Paths.target(route), body, 0, body.length, command);
    }

    private void assertTaken(final Route route, final String json) {
        final Refusal refusal = read(route, json);
        assertEquals(
                ResultCode.ACCEPTED,
                refusal.code(),
                () -> route + " " + json + ": " + refusal.pointer() + " " + refusal.detail());
    }

    private void assertMalformedAt(final String pointer, final Route route, final String json) {
        final Refusal refusal = read(route, json);
        assertEquals(ResultCode.MALFORMED, refusal.code(), () -> route + " " + json);
        assertEquals(pointer, refusal.pointer(), () -> route + " " + json + ": " + refusal.detail());
    }

    /** Everything that a command says, in canonical order. */
    private static String says(final Command of) {
        final List<String> words = new ArrayList<>();
        for (final FixedField field : FixedField.values()) {
            if (of.get(field) != Command.absent(field)) {
                words.add(field + "=" + of.get(field));
            }
        }
        for (final VarField field : VarField.values()) {
            if (of.length(field) > 0 && field != VarField.LINES) {
                words.add(field + "=" + of.text(field));
            }
        }
        return String.join(" ", words);
    }

    private static Set<String> words(final String text) {
        final Set<String> words = new java.util.TreeSet<>(Arrays.asList(text.split(" ")));
        words.remove("");
        return words;
    }

    @Test
    void eachRouteWithABodyIsInTheTableAndEachOperationHasARoute() {
        final Set<Route> tested = EnumSet.noneOf(Route.class);
        bodies().forEach(row -> tested.add((Route) row.get()[0]));
        final Set<CommandType> reached = EnumSet.noneOf(CommandType.class);
        for (final Route route : Route.values()) {
            assertEquals(route.members() != null, tested.contains(route), route::name);
            reached.add(route.command());
        }
        for (final CommandType type : CommandType.values()) {
            assertEquals(type != CommandType.TICK, reached.contains(type), type::name);
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theSmallestBodyIsTheRightCommand(final Route route, final String members, final String says) {
        assertTaken(route, body(route, members));
        assertSame(route.command(), command.type());
        assertEquals(words("PROGRAM=mima " + (isKeyed(route) ? KEY_SAYS : "") + says), words(says(command)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void withoutAnyOfItsMembersItIsRefusedThere(final Route route, final String members, final String says) {
        final List<String> all = new ArrayList<>();
        if (isKeyed(route)) {
            all.addAll(List.of("\"source\":\"pos\"", "\"documentId\":\"d-1\""));
        }
        // Splits between members only: an identity has commas of its own.
        all.addAll(members.isEmpty() ? List.of() : List.of(members.split(",(?=\"(?!externalId))")));
        for (int i = 0; i < all.size(); i++) {
            final List<String> others = new ArrayList<>(all);
            final String name = others.remove(i).split("\"")[1];
            assertMalformedAt("/" + name, route, "{" + String.join(",", others) + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatItDoesNotKnowIsRefusedThere(final Route route, final String members, final String says) {
        final String more = body(route, members);
        final String head = more.substring(0, more.length() - 1) + (more.equals("{}") ? "" : ",");
        assertMalformedAt("/bonus", route, head + "\"bonus\":1}");
        for (final JsonField field : JsonField.values()) {
            if (!route.members().knows(field)) {
                assertMalformedAt(field.pointer(), route, head + "\"" + field.memberName() + "\":1}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aWrongTypeIsRefusedThere(final Route route, final String members, final String says) {
        for (final JsonField field : JsonField.values()) {
            if (route.members().knows(field)) {
                final List<String> wrong = new ArrayList<>(List.of("null", "1.5", "1e3"));
                wrong.add(
                        switch (field.form()) {
                            case TEXT, TIME, DATE, FLAG -> "7";
                            case NUMBER -> "\"7\"";
                            case ID -> "true";
                            case IDENTITY -> "\"o-7\"";
                            case LINES -> "{}";
                        });
                for (final String value : wrong) {
                    assertMalformedAt(field.pointer(), route, "{\"" + field.memberName() + "\":" + value + "}");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aMemberTwiceIsRefusedThere(final Route route, final String members, final String says) {
        for (final String member : List.of("\"source\":\"pos\"", IDENTITY, "\"visit\":true", "\"reason\":\"r\"")) {
            final JsonField field = JsonField.of(member.split("\"")[1]);
            if (route.members().knows(field)) {
                assertMalformedAt(field.pointer(), route, "{" + member + "," + member + "}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void anIdentityMayStandForAMember(final Route route, final String members, final String says) {
        if (!route.members().needsMember()) {
            return;
        }
        final String byIdentity = members.replace("\"memberId\":7", IDENTITY);
        assertTaken(route, body(route, byIdentity));
        assertEquals(0, command.memberId());
        assertMalformedAt("/identity", route, body(route, members + "," + IDENTITY));
        assertMalformedAt(
                "/identity/externalId", route, body(route, byIdentity.replace(",\"externalId\":\"o-7\"", "")));
        assertMalformedAt("/identity/channel", route, body(route, byIdentity.replace("\"channel\":\"wechat\",", "")));
        assertMalformedAt("/identity/channel", route, body(route, byIdentity.replace("\"wechat\"", "\"\"")));
        assertMalformedAt("/identity/externalId", route, body(route, byIdentity.replace("\"o-7\"", "7")));
        assertMalformedAt("/identity/externalId", route, body(route, byIdentity.replace("o-7", "x".repeat(129))));
        assertMalformedAt("/identity/phone", route, body(route, byIdentity.replace("channel", "phone")));
    }

    @Test
    void everyMemberFillsItsField() {
        assertTaken(
                Route.HOLDS,
                body(
                        Route.HOLDS,
                        "\"memberId\":7,\"amountMinor\":100,\"cashMinor\":40,\"ttlMs\":60000,\"store\":\"S\","
                                + "\"eventTime\":\"1970-01-01T00:00:01Z\",\"channel\":\"c\",\"staff\":\"T\""));
        assertEquals(
                "MEMBER_ID=7 AMOUNT_MINOR=100 CASH_MINOR=40 EVENT_TIME=1000 TTL_MS=60000 PROGRAM=mima SOURCE=pos"
                        + " DOCUMENT_ID=d-1 CHANNEL=c STORE=S STAFF=T",
                says(command));
        assertTaken(
                Route.GRANT_TIER,
                body(
                        Route.GRANT_TIER,
                        "\"tier\":\"vip\",\"way\":\"paid\",\"until\":\"1970-01-01T08:00:02+08:00\",\"reason\":\"r\","
                                + "\"operatorId\":\"o\",\"reference\":\"t\""));
        assertEquals(
                "MEMBER_ID=42 UNTIL=2000 PROGRAM=mima SOURCE=pos DOCUMENT_ID=d-1 REASON=r OPERATOR_ID=o REFERENCE=t"
                        + " RULE_ID=vip WAY=paid",
                says(command));
        assertTaken(Route.MEMBERS, body(Route.MEMBERS, "\"memberId\":7,\"birthday\":\"2000-02-29\"," + IDENTITY));
        assertEquals(20_000_229, command.birthday());
        assertTaken(Route.REFUNDS, body(Route.REFUNDS, "\"originalSource\":\"web\",\"originalDocumentId\":\"A\""));
        assertEquals("web", command.text(VarField.ORIGINAL_SOURCE));
        assertTaken(Route.CAPTURE, body(Route.CAPTURE, "\"points\":3"));
        assertEquals(3, command.points());
        assertTaken(
                Route.ADJUSTMENTS,
                body(
                        Route.ADJUSTMENTS,
                        "\"memberId\":7,\"points\":-5,\"reason\":\"r\",\"operatorId\":\"o\",\"mayGoBelowZero\":true"));
        assertEquals(Command.FLAG_MAY_GO_BELOW_ZERO, command.flags());
        assertTaken(Route.MEMBERS, body(Route.MEMBERS, "\"referrerId\":\"9223372036854775807\""));
        assertEquals(Long.MAX_VALUE, command.referrerId());
        assertTaken(Route.ACCRUALS, body(Route.ACCRUALS, "\"memberId\":7,\"amountMinor\":1,\"brand\":\"hotel\""));
        assertEquals("hotel", command.text(VarField.BRAND));
        assertTaken(Route.ACTIVITIES, body(Route.ACTIVITIES, "\"memberId\":7,\"activity\":\"bank\",\"points\":300"));
        assertEquals(300, command.points());
    }

    /** A hold has a coupon beside its reward; elsewhere the coupon is what the request is about. */
    @Test
    void aCouponIsTheRuleOrStandsBesideIt() {
        final String both = "\"memberId\":7,\"reward\":\"mug\",\"coupon\":\"latte\",\"brand\":\"hotel\"";
        assertTaken(Route.HOLDS, body(Route.HOLDS, both));
        assertEquals(
                "MEMBER_ID=7 PROGRAM=mima SOURCE=pos DOCUMENT_ID=d-1 RULE_ID=mug BRAND=hotel COUPON_ID=latte",
                says(command));
        assertTaken(Route.HOLDS, body(Route.HOLDS, "\"memberId\":7,\"coupon\":\"latte\""));
        assertEquals("latte", command.text(VarField.COUPON_ID));
        assertEquals(0, command.length(VarField.RULE_ID));
        assertTaken(Route.COUPON_USES, body(Route.COUPON_USES, "\"memberId\":7,\"coupon\":\"latte\""));
        assertEquals(0, command.length(VarField.COUPON_ID));
        for (final Route route : List.of(Route.HOLDS, Route.COUPON_USES)) {
            assertMalformedAt("/coupon", route, body(route, "\"memberId\":7,\"coupon\":\"\""));
            assertMalformedAt("/coupon", route, body(route, "\"memberId\":7,\"coupon\":\"" + "x".repeat(65) + "\""));
            final String twice = "\"memberId\":7,\"coupon\":\"a\",\"coupon\":\"b\"";
            assertMalformedAt("/coupon", route, body(route, twice));
        }
        assertMalformedAt("/coupon", Route.REDEMPTIONS, body(Route.REDEMPTIONS, both));
    }

    @Test
    void whatIsRestockedIsNotNoneAndNotBeyondAllBounds() {
        for (final String good : List.of("1", "-1", "1000000000", "-1000000000")) {
            assertTaken(Route.RESTOCKS, body(Route.RESTOCKS, "\"reward\":\"wheel/1\",\"quantity\":" + good));
            assertEquals(Integer.parseInt(good), command.quantity());
        }
        for (final String bad : List.of("0", "1000000001", "-1000000001", "4294967297", "1" + "0".repeat(30))) {
            final Refusal refusal = read(Route.RESTOCKS, body(Route.RESTOCKS, "\"reward\":\"x\",\"quantity\":" + bad));
            assertEquals(ResultCode.VALUE_OUT_OF_RANGE, refusal.code(), bad);
            assertEquals("/quantity", refusal.pointer());
        }
    }

    @Test
    void whatIsSpentIsNamedOnceAndCashIsLess() {
        for (final Route route : List.of(Route.REDEMPTIONS, Route.HOLDS, Route.PREVIEW_REDEMPTIONS)) {
            final String member = "\"memberId\":7";
            assertTaken(route, body(route, member + ",\"amountMinor\":100"));
            assertTaken(route, body(route, member + ",\"amountMinor\":100,\"cashMinor\":99"));
            assertTaken(route, body(route, member + ",\"amountMinor\":100,\"cashMinor\":0"));
            assertMalformedAt("/points", route, body(route, member));
            final String reward = member + ",\"reward\":\"mug\"";
            assertTaken(route, body(route, reward));
            assertEquals("mug", command.text(VarField.RULE_ID));
            assertMalformedAt("/reward", route, body(route, reward + ",\"points\":1"));
            assertMalformedAt("/reward", route, body(route, reward + ",\"amountMinor\":1"));
            assertMalformedAt("/cashMinor", route, body(route, reward + ",\"cashMinor\":1"));
            assertMalformedAt("/reward", route, body(route, member + ",\"points\":1,\"reward\":\"\""));
            assertMalformedAt("/amountMinor", route, body(route, member + ",\"points\":1,\"amountMinor\":100"));
            assertMalformedAt("/cashMinor", route, body(route, member + ",\"points\":1,\"cashMinor\":1"));
            assertMalformedAt("/cashMinor", route, body(route, member + ",\"amountMinor\":100,\"cashMinor\":100"));
        }
        for (final String ttl : List.of("0", "-1", "2592000001", "1" + "0".repeat(30))) {
            assertMalformedAt("/ttlMs", Route.HOLDS, body(Route.HOLDS, "\"ttlMs\":" + ttl));
        }
        assertTaken(Route.HOLDS, body(Route.HOLDS, "\"memberId\":7,\"points\":1,\"coupon\":\"latte\""));
        assertMalformedAt(
                "/cashMinor", Route.HOLDS, body(Route.HOLDS, "\"memberId\":7,\"cashMinor\":1,\"coupon\":\"latte\""));
        assertTaken(Route.HOLDS, body(Route.HOLDS, "\"memberId\":7,\"points\":1,\"ttlMs\":2592000000"));
    }

    @Test
    void aRefundIsByAmountOrByLinesOrWhole() {
        final String original = "\"originalDocumentId\":\"A\",";
        assertTaken(Route.REFUNDS, body(Route.REFUNDS, original + "\"amountMinor\":5"));
        assertTaken(
                Route.REFUNDS,
                body(
                        Route.REFUNDS,
                        original + "\"lines\":[{\"number\":2,\"quantity\":1},{\"number\":5,\"amountMinor\":300}]"));
        assertEquals(2, command.lineCount());
        final byte[] lines = new byte[command.length(VarField.LINES)];
        command.bytes().getBytes(command.offset(VarField.LINES), lines);
        assertEquals("[2, 1, 0, 0, 0, 0, 0, 5, 0, -84, 2, 0, 0, 0, 0]", Arrays.toString(lines));
        for (final String[] wrong : new String[][] {
            {"/lines", "[{\"number\":2,\"quantity\":1}],\"amountMinor\":5"},
            {"/lines/0/number", "[{\"quantity\":1}]"},
            {"/lines/0/quantity", "[{\"number\":2}]"},
            {"/lines/0/quantity", "[{\"number\":2,\"quantity\":1,\"amountMinor\":5}]"},
            {"/lines/0/quantity", "[{\"number\":2,\"quantity\":0}]"},
            {"/lines/1/number", "[{\"number\":2,\"quantity\":1},{\"number\":2,\"quantity\":1}]"},
            {"/lines/0/sku", "[{\"number\":2,\"sku\":\"x\"}]"},
            {"/lines/0/sample", "[{\"number\":2,\"sample\":true}]"}
        }) {
            assertMalformedAt(wrong[0], Route.REFUNDS, body(Route.REFUNDS, original + "\"lines\":" + wrong[1]));
        }
        final Refusal zero =
                read(Route.REFUNDS, body(Route.REFUNDS, original + "\"lines\":[{\"number\":2,\"amountMinor\":0}]"));
        assertEquals(ResultCode.VALUE_OUT_OF_RANGE, zero.code());
        assertEquals("/lines/0/amountMinor", zero.pointer());
    }

    @Test
    void aBirthdayIsADate() {
        for (final String date : List.of(
                "2001-02-29", "1899-12-31", "2000-13-01", "2000-00-01", "2000-01-00", "2000-1-1", "20000101", "")) {
            assertMalformedAt("/birthday", Route.MEMBERS, body(Route.MEMBERS, "\"birthday\":\"" + date + "\""));
        }
    }

    @Test
    void partsOfPathsAreDecoded() {
        final RequestTarget target = new RequestTarget();
        final String orders = "/v1/programs/mima/orders/";
        assertSame(Route.ORDER, target.parse(orders + "p%6Fs-1/A%2f1%25+%3F?x=/y", Route.Method.GET));
        assertNull(target.fault());
        reader.read(Route.ORDER, target, command);
        assertEquals("PROGRAM=mima ORIGINAL_SOURCE=pos-1 ORIGINAL_DOCUMENT_ID=A/1%+?", says(command));
        for (final String wrong : List.of(
                "/d",
                "s/%",
                "s/%4",
                "s/%4g",
                "s/%+1",
                "s/%20",
                "s/%7F",
                "s/%C3%A9",
                "s/%00",
                "s/é",
                "x".repeat(33) + "/d",
                "s/" + "x".repeat(65),
                "s/" + "x".repeat(400))) {
            assertSame(Route.ORDER, target.parse(orders + wrong, Route.Method.GET), wrong);
            assertNotNull(target.fault(), wrong);
        }
        final String identities = "/v1/programs/mima/identities/";
        assertSame(Route.MEMBER_BY_IDENTITY, target.parse(identities + "we/%E7%8E%AB%20x", Route.Method.GET));
        assertNull(target.fault());
        for (final String wrong : List.of("we/%E7%8E", "we/%C0%80", "we/a%0Ab", "/x", "we/" + "x".repeat(129))) {
            target.parse(identities + wrong, Route.Method.GET);
            assertNotNull(target.fault(), wrong);
        }
    }

    @Test
    void numbersInPathsAreWhole() {
        final RequestTarget target = new RequestTarget();
        for (final String wrong : List.of("0", "-1", "x", "01", "65536", "99999999999", "1.0", "%31")) {
            assertSame(Route.VERSION, target.parse("/v1/programs/mima/versions/" + wrong, Route.Method.GET));
            assertNotNull(target.fault(), wrong);
        }
        reader.read(Route.VERSION, Paths.target(Route.VERSION), command);
        assertEquals("VERSION=3 PROGRAM=mima", says(command));
        reader.read(Route.CAMPAIGN, Paths.target(Route.CAMPAIGN), command);
        assertEquals("PROGRAM=mima RULE_ID=double-days", says(command));
        reader.read(Route.HOLDS_OF, Paths.target(Route.HOLDS_OF), command);
        assertEquals("MEMBER_ID=42 PROGRAM=mima", says(command));
        assertEquals(CommandType.QUERY_HOLDS, command.type());
    }

    @Test
    void nothingIsBesideThePaths() {
        final RequestTarget target = new RequestTarget();
        for (final String path : List.of(
                "/v1/programs/mima/holds/s/d",
                "/v1/programs/mima/holds/s/d/captures",
                "/v1/programs/mima/holds/s/d/capture/",
                "/v1/programs/mima/holds/s/d/capture/x",
                "/v1/programs/mima/Accruals",
                "/v1/programs/mima/accruals/",
                "/v2/programs/mima/accruals",
                "//v1/programs/mima/accruals",
                "/v1//programs/mima/accruals",
                "ftp://x/v1/programs")) {
            assertSame(Route.NOWHERE, target.parse(path, Route.Method.POST), path);
        }
    }

    @Test
    void aPathWithAnotherMethodKnowsItsMethods() {
        final RequestTarget target = new RequestTarget();
        for (final Route route : Route.values()) {
            if (route.method() == null) {
                continue;
            }
            final String path = Paths.path(route);
            assertSame(route, target.parse(path, route.method()), path);
            final String allow = new String(route.allow(), StandardCharsets.US_ASCII);
            assertTrue(allow.contains(route.method().name()), allow);
            final Route other = target.parse(path, null);
            assertEquals(allow, new String(other.allow(), StandardCharsets.US_ASCII), path);
        }
        assertEquals("Allow: GET, HEAD, POST\r\n", new String(Route.LINK.allow(), StandardCharsets.US_ASCII));
        assertEquals("Allow: PUT\r\n", new String(Route.PROGRAM.allow(), StandardCharsets.US_ASCII));
    }
}
