package dev.herald.benchmarks;

/** The machine of the measurement. */
record Machine(int cores, String system, String java) {

    static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                System.getProperty("java.vm.version"));
    }
}
