package dev.herald.gateway.account;

import dev.herald.platform.request.RequestIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** GET shows a form and does not use the token, because mail scanners open links too; POST uses the token. */
@Controller
@RequestMapping("/account/{name}")
class AccountPages {

    private static final String TOKEN = "token";
    private static final String PASSWORD = "newPassword";
    private static final String INCOMPLETE = "The link is not complete. Copy all of it from the email.";

    private final AccountClient accounts;

    AccountPages(AccountClient accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    Rendering form(@PathVariable String name, @RequestParam(defaultValue = "") String token) {
        AccountPage page = page(name);
        return token.isBlank()
                ? message(page, HttpStatus.BAD_REQUEST, INCOMPLETE)
                : form(page, token, HttpStatus.OK, List.of());
    }

    @PostMapping(consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<Rendering> act(@PathVariable String name, ServerWebExchange exchange) {
        AccountPage page = page(name);
        return exchange.getFormData()
                .onErrorMap(
                        DataBufferLimitException.class, e -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE))
                .flatMap(form -> act(page, form, requestId(exchange)));
    }

    private Mono<Rendering> act(AccountPage page, MultiValueMap<String, String> form, String requestId) {
        String token = String.valueOf(form.getOrDefault(TOKEN, List.of("")).getFirst());
        if (token.isBlank()) {
            return Mono.just(message(page, HttpStatus.BAD_REQUEST, INCOMPLETE));
        }
        Map<String, String> body = new HashMap<>(Map.of(TOKEN, token));
        if (page.asksForPassword()) {
            body.put(
                    PASSWORD,
                    String.valueOf(form.getOrDefault(PASSWORD, List.of("")).getFirst()));
        }
        return accounts.post(page, body, requestId)
                .onErrorMap(e -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, null, e))
                .map(answer -> result(page, token, answer));
    }

    private static Rendering result(AccountPage page, String token, AccountClient.Answer answer) {
        return switch (answer.status()) {
            case 204 -> message(page, HttpStatus.OK, page.done);
            case 400 ->
                page.asksForPassword() ? form(page, token, HttpStatus.BAD_REQUEST, answer.messages()) : gone(page);
            case 409 -> message(page, HttpStatus.CONFLICT, "Another account has this address meanwhile.");
            case 410 -> gone(page);
            default -> throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
        };
    }

    private static Rendering form(AccountPage page, String token, HttpStatusCode status, List<String> errors) {
        return rendering(page, status)
                .modelAttribute("form", true)
                .modelAttribute("path", page.path())
                .modelAttribute("token", token)
                .modelAttribute("asksForPassword", page.asksForPassword())
                .modelAttribute("explanation", page.explanation)
                .modelAttribute("errors", errors)
                .modelAttribute("action", page.action)
                .build();
    }

    private static Rendering gone(AccountPage page) {
        return message(
                page, HttpStatus.GONE, "The link has expired or was used. Ask for another email if you need it.");
    }

    private static Rendering message(AccountPage page, HttpStatusCode status, String message) {
        return rendering(page, status).modelAttribute("message", message).build();
    }

    private static Rendering.Builder<?> rendering(AccountPage page, HttpStatusCode status) {
        return Rendering.view("account")
                .status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .modelAttribute("title", page.title);
    }

    private static AccountPage page(String name) {
        return AccountPage.named(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String requestId(ServerWebExchange exchange) {
        return String.valueOf(exchange.getResponse().getHeaders().getFirst(RequestIds.HEADER));
    }
}
