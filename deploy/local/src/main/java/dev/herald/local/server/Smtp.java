package dev.herald.local.server;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** GreenMail, the embedded SMTP server. It keeps emails in memory, and its API is the inbox. */
public record Smtp(Settings settings) implements Component {

    /** Replaces GreenMail's configuration of log4j, which logs email addresses at INFO. */
    private static final String LOGGING = """
            <Configuration>
              <Appenders>
                <Console name="CONSOLE">
                  <PatternLayout pattern="%d %-5p %c{2} %m%n"/>
                </Console>
              </Appenders>
              <Loggers>
                <Root level="warn">
                  <AppenderRef ref="CONSOLE"/>
                </Root>
              </Loggers>
            </Configuration>
            """;

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public ProcessBuilder process() throws IOException {
        Path logging = Files.createDirectories(settings.home().run()).resolve("smtp-log4j2.xml");
        return new ProcessBuilder(JavaCommand.with("-Xmx96m")
                .property("log4j2.configurationFile", Files.writeString(logging, LOGGING))
                .property("greenmail.startup.timeout", "60000")
                .property("greenmail.auth.disabled", "")
                .property("greenmail.smtp.hostname", settings.bindAddress())
                .property("greenmail.smtp.port", settings.port(Port.SMTP))
                .property("greenmail.api.hostname", settings.bindAddress())
                .property("greenmail.api.port", settings.port(Port.INBOX))
                .jar(Checkout.greenMail()));
    }

    @Override
    public Probe probe() {
        return Probe.smtp(settings.smtp()).and(Probe.http(settings.url(Port.INBOX, "/api/service/readiness")));
    }
}
