package io.labelworth.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsJsonTest {

    private static final Conditions CONDITIONS =
            new Conditions(
                    "./labelworth bench x",
                    true,
                    3,
                    256,
                    2,
                    0.5,
                    Map.of("kafka", "4.3.1"),
                    Map.of("OMP_NUM_THREADS", "1"));
    private static final List<Target> TARGETS =
            List.of(
                    new Target("speed.width32", "speed", true, 0.8),
                    new Target("growth", "growth", false, 1.05),
                    new Target("peer", "over the peer", true, 1));

    private final Findings findings = new Findings();

    @BeforeEach
    void find() {
        findings.figure("speed.width32", new Figure(List.of(0.7, 0.9, 0.8)));
        findings.figure("speed", Figure.once(0.5));
        findings.figure("growth", Figure.once(1.2));
        findings.raw("width32.imagesPerSecond", new Figure(List.of(7.0, 9.0, 8.0)));
        findings.skipped("peer", "no peer here");
        findings.version("peer", "1.13");
    }

    @Test
    void everyFigureIsAtThePathItsKeyNamesWithMedianMinAndMax(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("figures.json");

        FindingsJson.write(FindingsJson.of(findings, CONDITIONS, TARGETS), file);

        JsonNode document = new JsonMapper().readTree(file.toFile());
        JsonNode nested = document.at("/speed/width32");
        assertThat(nested.get("median").asDouble()).isEqualTo(0.8);
        assertThat(nested.get("min").asDouble()).isEqualTo(0.7);
        assertThat(nested.get("max").asDouble()).isEqualTo(0.9);
        assertThat(nested.get("values")).hasSize(3);
        assertThat(document.at("/speed/median").asDouble()).as("beside its widths").isEqualTo(0.5);
        assertThat(document.at("/raw/width32/imagesPerSecond/max").asDouble()).isEqualTo(9);
        assertThat(directory)
                .isDirectoryContaining(path -> path.equals(file))
                .isNotEmptyDirectory();
        assertThat(directory.toFile().list()).containsExactly("figures.json");
    }

    @Test
    void targetsSayWhetherTheMedianMeetsThemAndWhatIsMissingSaysWhy() {
        JsonNode document = FindingsJson.of(findings, CONDITIONS, TARGETS);

        assertThat(document.at("/targets/speed.width32/met").asBoolean()).isTrue();
        assertThat(document.at("/targets/growth/met").asBoolean()).isFalse();
        assertThat(document.at("/targets/growth/atMost").asDouble()).isEqualTo(1.05);
        assertThat(document.at("/targets/peer").has("met")).isFalse();
        assertThat(document.at("/skipped/peer").asText()).isEqualTo("no peer here");
        assertThat(document.at("/quick").asBoolean()).isTrue();
        assertThat(document.at("/conditions/versions/peer").asText()).isEqualTo("1.13");
        assertThat(document.at("/conditions/versions/kafka").asText()).isEqualTo("4.3.1");
    }

    @Test
    void theTableSaysMetMissedAndWhatWasLeftOut() {
        assertThat(FindingsTable.render(findings, CONDITIONS, TARGETS))
                .containsPattern("speed .* >= 0.800 {2}met")
                .containsPattern("growth .* <= 1.050 {2}MISSED")
                .contains("NOT MEASURED: peer: no peer here")
                .contains("QUICK");
    }
}
