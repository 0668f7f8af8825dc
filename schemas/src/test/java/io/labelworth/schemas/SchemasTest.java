package io.labelworth.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {

    @Test
    void everyRecordAndFieldSaysWhatItIs() {
        List<String> undocumented =
                records()
                        .flatMap(
                                record ->
                                        Stream.concat(
                                                record.getDoc() == null
                                                        ? Stream.of(record.getName())
                                                        : Stream.empty(),
                                                record.getFields().stream()
                                                        .filter(SchemasTest::undocumented)
                                                        .map(
                                                                field ->
                                                                        record.getName()
                                                                                + "."
                                                                                + field.name())))
                        .toList();

        assertThat(undocumented).isEmpty();
    }

    @Test
    void openSetsAreNamesCheckedInCodeNotAvroEnums() {
        assertThat(records().flatMap(record -> record.getFields().stream()))
                .noneMatch(field -> field.schema().getType() == Schema.Type.ENUM);
    }

    /** What FULL_TRANSITIVE asks of every change; the first versions are in the resources. */
    @ParameterizedTest
    @ValueSource(strings = {"DeadLetter", "LabelingProgress"})
    void eventsThatGrewAndTheirFirstVersionsReadEachOther(String event) throws Exception {
        Schema first;
        try (InputStream in = getClass().getResourceAsStream("/first/" + event + ".avsc")) {
            first = new Schema.Parser().parse(in);
        }
        Schema now =
                records()
                        .filter(record -> record.getName().equals(event))
                        .findFirst()
                        .orElseThrow();

        assertThat(now.getFields()).hasSizeGreaterThan(first.getFields().size());
        assertThat(compatibility(now, first)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(first, now)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void eachTopicHasAnEventOfItsOwn() {
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates().hasSize(14);
        assertThat(Topics.all()).extracting(Topic::valueType).doesNotHaveDuplicates();
    }

    @Test
    void labelsSitOnThePartitionOfTheirImage() {
        assertThat(Topics.SOFT_LABELS.partitions()).isEqualTo(Topics.IMAGE_REFS.partitions());
    }

    private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
    }

    private static boolean undocumented(Schema.Field field) {
        return field.doc() == null || field.doc().isBlank();
    }

    private static Stream<Schema> records() {
        Set<Schema> found = new HashSet<>();
        Topics.all()
                .forEach(topic -> collect(SpecificData.get().getSchema(topic.valueType()), found));
        return found.stream();
    }

    private static void collect(Schema schema, Set<Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.add(schema)) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case UNION -> schema.getTypes().forEach(type -> collect(type, found));
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            default -> {
                // A primitive has no fields.
            }
        }
    }
}
