package dev.herald.post.author;

import dev.herald.platform.remote.ServiceUnavailable;
import dev.herald.platform.remote.SessionEnded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpClientErrorException;

/** Who the authors are, for whoever handles their posts. */
@Service
public class AuthorDirectory {

    private final Authors authors;
    private final UserService users;

    AuthorDirectory(Authors authors, UserService users) {
        this.authors = authors;
        this.users = users;
    }

    /**
     * The caller as an author. If their {@code user.created} is still on its way, user-service is asked, which takes no
     * transaction: it may take a while.
     *
     * @throws AuthorNotFound if they are no user any more
     * @throws SessionEnded if user-service knows before this service does
     * @throws ServiceUnavailable if they are not known here, and user-service does not answer
     */
    public Author introduce(UUID caller) {
        return authors.find(caller)
                .or(() -> authors.add(profileOf(caller)))
                .orElseThrow(() -> new AuthorNotFound(caller));
    }

    private UserService.Profile profileOf(UUID id) {
        try {
            return users.read(id);
        } catch (HttpClientErrorException.NotFound e) {
            throw new AuthorNotFound(id);
        }
    }

    public Optional<Author> find(UUID id) {
        return authors.find(id);
    }

    /** As a rule one author; two while an address passes from one user to another. */
    public List<UUID> withEmail(String email) {
        return authors.withEmail(email);
    }
}
