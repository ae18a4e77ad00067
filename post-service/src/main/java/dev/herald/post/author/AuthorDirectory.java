package dev.herald.post.author;

import dev.herald.platform.remote.ServiceUnavailable;
import dev.herald.platform.remote.SessionEnded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.service.registry.ImportHttpServices;

@Service
@ImportHttpServices(group = "user-service", types = UserClient.class)
public class AuthorDirectory {

    private final Authors authors;
    private final UserClient users;

    AuthorDirectory(Authors authors, UserClient users) {
        this.authors = authors;
        this.users = users;
    }

    /**
     * The caller as an author. Asks user-service if {@code user.created} has not arrived yet, so it must be called outside of a transaction.
     *
     * @throws AuthorNotFound if the user is deleted
     * @throws SessionEnded if user-service refuses the token as revoked
     * @throws ServiceUnavailable if user-service is asked and does not answer
     */
    public Author findOrFetch(UUID caller) {
        return authors.find(caller)
                .or(() -> authors.add(profileOf(caller)))
                .orElseThrow(() -> new AuthorNotFound(caller));
    }

    private UserClient.Profile profileOf(UUID id) {
        try {
            return users.read(id);
        } catch (HttpClientErrorException.NotFound e) {
            throw new AuthorNotFound(id);
        }
    }

    public Optional<Author> find(UUID id) {
        return authors.find(id);
    }

    /** The ids of the authors with the address: usually one, or two while an address moves from one user to another. */
    public List<UUID> withEmail(String email) {
        return authors.withEmail(email);
    }
}
