package dev.herald.local.server;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.util.Map;

/** The embedded SMTP server: GreenMail, with its API as the inbox. It keeps the mail in memory only. */
public record Smtp(Settings settings) implements Component {

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public Map<Port, Integer> ports() {
        return settings.numbers(Port.SMTP, Port.INBOX);
    }

    @Override
    public void prepare() {}

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder(JavaCommand.with("-Xmx96m")
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
