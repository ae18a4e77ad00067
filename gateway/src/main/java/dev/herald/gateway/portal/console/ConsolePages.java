package dev.herald.gateway.portal.console;

import java.util.regex.Pattern;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The pages under {@code /console}. Only in the profile {@code local}, because they need no token. */
@Controller
@Profile("local")
class ConsolePages {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

    private final Console console;
    private final TraceClient traces;

    ConsolePages(Console console, TraceClient traces) {
        this.console = console;
        this.traces = traces;
    }

    @GetMapping("/console")
    Mono<Rendering> overview(@RequestParam(defaultValue = "") String said) {
        return Mono.zip(console.instances(), console.deadLetters())
                .map(shown -> Rendering.view("console")
                        .modelAttribute("title", "Console")
                        .modelAttribute("said", said)
                        .modelAttribute("instances", shown.getT1())
                        .modelAttribute("deadLetters", shown.getT2())
                        .modelAttribute("requests", console.latestRequests())
                        .build());
    }

    @GetMapping("/console/logs")
    Mono<Rendering> log(@RequestParam String instance) {
        return console.log(instance)
                .map(lines -> Rendering.view("console-log")
                        .modelAttribute("title", instance)
                        .modelAttribute("lines", lines)
                        .build());
    }

    @GetMapping("/console/traces/{traceId}")
    Mono<Rendering> trace(@PathVariable String traceId) {
        if (!TRACE_ID.matcher(traceId).matches()) {
            throw Console.unknown("A trace id is 32 lower-case hexadecimal digits.");
        }
        return traces.spans(traceId)
                .map(spans -> Rendering.view("console-trace")
                        .modelAttribute("title", "Trace " + traceId)
                        .modelAttribute("backend", traces.isThere())
                        .modelAttribute("spans", spans)
                        .modelAttribute("none", spans.isEmpty())
                        .build());
    }

    @PostMapping("/console/deadletters")
    Mono<Rendering> replay(ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(form ->
                        console.replay(String.valueOf(form.getFirst("service")), String.valueOf(form.getFirst("id"))))
                .map(outcome -> Rendering.redirectTo("/console?said={outcome}")
                        .modelAttribute("outcome", outcome)
                        .status(HttpStatus.SEE_OTHER)
                        .build());
    }
}
