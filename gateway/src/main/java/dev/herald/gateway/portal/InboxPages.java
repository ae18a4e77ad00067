package dev.herald.gateway.portal;

import java.util.Comparator;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** The emails that the local suite has sent. Only in the profile {@code local}, because the pages need no token. */
@Controller
@Profile("local")
class InboxPages {

    private static final int SHOWN = 50;

    private static final int MAILBOXES = 200;

    /** Allows an email's own styles and embedded images, and no script. */
    private static final String FOR_A_MAIL = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final LocalInbox inbox;

    InboxPages(LocalInbox inbox) {
        this.inbox = inbox;
    }

    @GetMapping("/inbox")
    Mono<Rendering> list(@RequestParam(defaultValue = "") String address) {
        return inbox.mails(address.strip(), MAILBOXES)
                .sort(Comparator.comparing(ReceivedMail::sentAt).reversed())
                .take(SHOWN)
                .collectList()
                .map(mails -> Rendering.view("inbox")
                        .modelAttribute("title", "Inbox")
                        .modelAttribute("address", address)
                        .modelAttribute("mails", mails)
                        .modelAttribute("none", mails.isEmpty())
                        .build());
    }

    @GetMapping("/inbox/mail")
    Mono<Rendering> mail(@RequestParam String address, @RequestParam String uid) {
        return find(address, uid)
                .map(mail -> Rendering.view("mail")
                        .modelAttribute("title", mail.subject())
                        .modelAttribute("mail", mail)
                        .build());
    }

    @GetMapping("/inbox/html")
    Mono<ResponseEntity<String>> html(@RequestParam String address, @RequestParam String uid) {
        return find(address, uid)
                .filter(ReceivedMail::hasHtml)
                .map(mail -> ResponseEntity.ok()
                        .header("Content-Security-Policy", FOR_A_MAIL)
                        .contentType(MediaType.valueOf("text/html;charset=UTF-8"))
                        .body(mail.html()))
                .switchIfEmpty(Mono.error(InboxPages::notFound));
    }

    private Mono<ReceivedMail> find(String address, String uid) {
        return inbox.mailsTo(address)
                .filter(mail -> mail.uid().equals(uid))
                .next()
                .switchIfEmpty(Mono.error(InboxPages::notFound));
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
