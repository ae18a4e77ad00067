package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {

    private final Chart chart = new Chart(
            "reads",
            "Reads, a second",
            "clients",
            List.of(new Chart.Point(1, 300), new Chart.Point(1_000, 1_400.4), new Chart.Point(1_000_000, 0)));

    @Test
    void marksEachPointWithItsSizeAndItsValue() throws Exception {
        assertThat(texts(chart.svg()))
                .startsWith("Reads, a second")
                .contains("1", "300", "1 k", "1400", "1 M", "clients");
    }

    @Test
    void drawsGreaterValuesHigherAndZeroOnTheAxis() {
        String line = chart.svg()
                .lines()
                .filter(each -> each.startsWith("<polyline"))
                .findFirst()
                .orElseThrow();

        // The scale ends at 2000.
        assertThat(line).contains("points=\"68.0,160.1 226.0,79.8 384.0,182.0\"");
    }

    private static List<String> texts(String svg) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        NodeList texts = document.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(index -> texts.item(index).getTextContent())
                .toList();
    }
}
