package dev.herald.platform.observability;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The resident memory of this process, and its limit: that of the container, or the machine's memory. Resident memory
 * is read from {@code /proc} (Linux); on other systems its value is NaN.
 */
class ProcessMemory implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final double KIBIBYTE = 1024;

    @Override
    public void bindTo(MeterRegistry meters) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Gauge.builder("herald.memory.limit", system, OperatingSystemMXBean::getTotalMemorySize)
                .description("The memory of the container or machine")
                .baseUnit(BaseUnits.BYTES)
                .register(meters);
        Gauge.builder("herald.memory.resident", ProcessMemory::resident)
                .description("The resident memory of this process")
                .baseUnit(BaseUnits.BYTES)
                .register(meters);
    }

    private static double resident() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> KIBIBYTE * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
