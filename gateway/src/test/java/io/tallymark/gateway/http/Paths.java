package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tallymark.protocol.CommandType;

/** Paths of routes with something in each place. */
final class Paths {
    private Paths() {}

    /** A path of the route in the program {@code mima}. */
    static String path(final Route route) {
        return path(route, "mima");
    }

    static String path(final Route route, final String program) {
        return route.pattern()
                .replace("{program}", program)
                .replace("{memberId}", "42")
                .replace("{source}", "shop%2F1")
                .replace("{documentId}", "D%2f1:%25")
                .replace("{campaign}", "double-days")
                .replace("{reward}", "mug")
                .replace("{coupon}", "latte")
                .replace("{board}", "race")
                .replace("{issuer}", "hotel")
                .replace("{channel}", "wechat")
                .replace("{externalId}", "o-%E7%8E%AB%20+7")
                .replace("{version}", "3");
    }

    static RequestTarget target(final Route route) {
        return target(route, "mima");
    }

    static RequestTarget target(final Route route, final String program) {
        final RequestTarget target = new RequestTarget();
        assertSame(route, target.parse(path(route, program), route.method()));
        assertNull(target.fault());
        return target;
    }

    /** The route with a body that becomes a command of this type; where several do, the first. */
    static Route routeOf(final CommandType type) {
        for (final Route route : Route.values()) {
            if (route.command() == type && route.members() != null) {
                return route;
            }
        }
        throw new IllegalArgumentException(type + " has no route with a body");
    }
}
