package io.labelworth.analytics.rest;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is asked of a table.
 *
 * @param <R> row
 * @param wanted rows that are asked for
 * @param limit most rows of a page
 * @param after key of the last row seen; null for the first page
 * @param format csv or json for a download; null for a page
 */
record TableQuery<R>(Predicate<R> wanted, int limit, String after, String format) {

    static final String LIMIT = "limit";
    static final String AFTER = "after";
    static final String FORMAT = "format";
    static final int DEFAULT_LIMIT = 1_000;
    static final int LARGEST_LIMIT = 10_000;
    static final Set<String> FORMATS = new TreeSet<>(Set.of("csv", "json"));

    /**
     * Reads the query.
     *
     * @throws BadRequestResponse when a parameter is not known, is there twice, or is not what it
     *     must be
     */
    static <R> TableQuery<R> of(Context context, Collection<Filter<R>> filters) {
        Map<String, List<String>> given = context.queryParamMap();
        refuseUnknown(given, filters);
        Predicate<R> wanted = row -> true;
        for (Filter<R> filter : filters) {
            String asked = context.queryParam(filter.name());
            if (asked != null) {
                wanted = wanted.and(filter.asked(asked));
            }
        }
        String format = context.queryParam(FORMAT);
        if (format != null && !FORMATS.contains(format)) {
            throw new BadRequestResponse(
                    "format must be one of " + String.join(", ", FORMATS) + ", not " + format);
        }
        if (format != null && (given.containsKey(LIMIT) || given.containsKey(AFTER))) {
            throw new BadRequestResponse("a download has all rows: leave limit and after out");
        }
        return new TableQuery<>(
                wanted, limit(context.queryParam(LIMIT)), key(context.queryParam(AFTER)), format);
    }

    /** A key as a cursor: opaque, and safe in a URL. */
    static String cursor(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String cursor) {
        try {
            return cursor == null
                    ? null
                    : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("after must be the next of an earlier page");
        }
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,9}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        }
        throw new BadRequestResponse(
                "limit must be a whole number from 1 to " + LARGEST_LIMIT + ", not " + text);
    }

    private static <R> void refuseUnknown(
            Map<String, List<String>> given, Collection<Filter<R>> filters) {
        Set<String> known = new TreeSet<>(Set.of(LIMIT, AFTER, FORMAT));
        filters.forEach(filter -> known.add(filter.name()));
        given.forEach(
                (name, values) -> {
                    if (!known.contains(name)) {
                        throw new BadRequestResponse(
                                "there is no parameter "
                                        + name
                                        + " here, only "
                                        + String.join(", ", known));
                    }
                    if (values.size() > 1) {
                        throw new BadRequestResponse(name + " is there more than once");
                    }
                });
    }
}
