package io.labelworth.analytics.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows, each with a key, in the order of their keys: {@code {"items": [...], "next": cursor}}.
 *
 * <p>A cursor is the key of the last row seen. Whatever comes and goes while a client pages, a row
 * that is there all the time is seen once; {@code next} is null on the last page. {@code format}
 * downloads all rows that the filters leave, as CSV or as a JSON array.
 *
 * @param <R> row
 */
public final class Table<R> implements Endpoint {

    private static final String ROOT = "/api/";
    private static final String FILE = "labelworth-";

    private final String name;
    private final String summary;
    private final Supplier<? extends NavigableMap<String, R>> rows;
    private final Function<R, JsonNode> json;
    private final JsonNode schema;
    private final List<Filter<R>> filters = new ArrayList<>();

    /**
     * A table at {@code /api/name}.
     *
     * @param rows the rows by key, when asked; a view that others write to meanwhile must stand
     *     that
     * @param json a row as JSON
     * @param schema JSON Schema of a row
     */
    public Table(
            String name,
            String summary,
            Supplier<? extends NavigableMap<String, R>> rows,
            Function<R, JsonNode> json,
            JsonNode schema) {
        this.name = name;
        this.summary = summary;
        this.rows = rows;
        this.json = json;
        this.schema = schema;
    }

    /**
     * A table of records that are there by key.
     *
     * @param type of the rows
     */
    public static <R extends Record> Table<R> of(
            String name,
            String summary,
            Class<R> type,
            Supplier<? extends NavigableMap<String, R>> rows) {
        return new Table<>(name, summary, rows, Json::tree, JsonSchema.of(type));
    }

    /**
     * A table of records that are computed when asked for.
     *
     * @param key what tells a row from all others
     */
    public static <R extends Record> Table<R> of(
            String name,
            String summary,
            Class<R> type,
            Function<R, String> key,
            Supplier<? extends Collection<R>> rows) {
        return of(name, summary, type, () -> byKey(rows.get(), key));
    }

    /** This table, with a filter more. */
    public Table<R> with(Filter<R> filter) {
        filters.add(filter);
        return this;
    }

    @Override
    public String path() {
        return ROOT + name;
    }

    @Override
    public JsonNode operation() {
        Operation operation = Operation.of(summary);
        filters.forEach(f -> operation.query(f.name(), f.description(), f.schema()));
        JsonNode limits =
                JsonSchema.type("integer")
                        .put("minimum", 1)
                        .put("maximum", TableQuery.LARGEST_LIMIT)
                        .put("default", TableQuery.DEFAULT_LIMIT);
        var formats = JsonSchema.type("string");
        TableQuery.FORMATS.forEach(formats.putArray("enum")::add);
        var next = JsonSchema.type("string");
        next.putArray("type").add("string").add("null");
        return operation
                .query(TableQuery.LIMIT, "Most rows of a page", limits)
                .query(TableQuery.AFTER, "next of the page before", JsonSchema.type("string"))
                .query(TableQuery.FORMAT, "Downloads all rows as a file", formats)
                .gives(
                        Operation.JSON,
                        JsonSchema.object(
                                new TreeMap<>(
                                        Map.of("items", JsonSchema.list(schema), "next", next))))
                .gives("text/csv", JsonSchema.type("string"))
                .or(304, 400, 503)
                .node();
    }

    @Override
    public Handler handler() {
        return this::answer;
    }

    private void answer(Context context) throws IOException {
        TableQuery<R> query = TableQuery.of(context, filters);
        if (query.format() != null) {
            download(context, query);
        } else {
            Etag.json(context, page(query));
        }
    }

    private String page(TableQuery<R> query) {
        NavigableMap<String, R> all = rows.get();
        NavigableMap<String, R> rest =
                query.after() == null ? all : all.tailMap(query.after(), false);
        List<String> items = new ArrayList<>();
        String last = null;
        String next = null;
        for (Map.Entry<String, R> row : rest.entrySet()) {
            if (query.wanted().test(row.getValue())) {
                if (items.size() == query.limit()) {
                    next = TableQuery.cursor(last);
                    break;
                }
                items.add(Json.text(json.apply(row.getValue())));
                last = row.getKey();
            }
        }
        return "{\"items\":[" + String.join(",", items) + "],\"next\":" + Json.text(next) + "}";
    }

    private void download(Context context, TableQuery<R> query) throws IOException {
        boolean csv = query.format().equals("csv");
        context.contentType(csv ? Csv.CONTENT_TYPE : Operation.JSON)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + FILE + name + "." + query.format() + '"')
                .header("Cache-Control", "no-store");
        Stream<JsonNode> wanted =
                rows.get().values().stream().filter(query.wanted()).map(json::apply);
        // Written as they are made: all runs of a year may be many times the heap.
        OutputStream out = context.outputStream();
        if (csv) {
            Csv text = new Csv(schema);
            write(out, text.head());
            for (Iterator<JsonNode> row = wanted.iterator(); row.hasNext(); ) {
                write(out, text.line(row.next()));
            }
        } else {
            String before = "[\n";
            for (Iterator<JsonNode> row = wanted.iterator(); row.hasNext(); before = ",\n") {
                write(out, before + Json.text(row.next()));
            }
            write(out, before.equals("[\n") ? "[]\n" : "\n]\n");
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <R> TreeMap<String, R> byKey(Collection<R> rows, Function<R, String> key) {
        return rows.stream()
                .collect(Collectors.toMap(key, Function.identity(), (a, b) -> b, TreeMap::new));
    }
}
