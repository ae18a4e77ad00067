package dev.herald.discovery;

import dev.herald.platform.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("dev.herald.discovery");
    }
}
