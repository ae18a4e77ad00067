package dev.herald.post.post;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.security.Caller;
import dev.herald.platform.security.Forbidden;
import dev.herald.post.author.Author;
import dev.herald.post.author.AuthorDirectory;
import dev.herald.post.author.AuthorNotFound;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

/** Writes posts. A change locks the post's row, so that its preconditions still hold when it is written. */
@Service
class PostWriter {

    private final Posts posts;
    private final AuthorDirectory authors;
    private final TransactionOperations transactions;
    private final IdGenerator ids;
    private final Clock clock;

    PostWriter(Posts posts, AuthorDirectory authors, TransactionOperations transactions, IdGenerator ids, Clock clock) {
        this.posts = posts;
        this.authors = authors;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws AuthorNotFound if the author has been deleted meanwhile */
    PostSnapshot write(Author author, WritePost request) {
        Post post = Post.write(ids.generateId(), author.id(), request, clock.instant());
        try {
            return transactions.execute(transaction -> posts.saveAndFlush(post).snapshot(author));
        } catch (DataIntegrityViolationException e) {
            if (e.getCause() instanceof ConstraintViolationException violation
                    && Posts.AUTHOR_KEY.equals(violation.getConstraintName())) {
                throw new AuthorNotFound(author.id());
            }
            throw e;
        }
    }

    /**
     * @throws PostNotFound if the caller may not see the post
     * @throws Forbidden if the caller may not change it
     */
    PostSnapshot replace(UUID id, ReplacePost request, Caller caller, Preconditions preconditions) {
        return change(id, caller, preconditions, post -> {
            post.replace(request, clock.instant());
            return posts.saveAndFlush(post);
        });
    }

    /** Throws the same exceptions as {@link #replace}. */
    void delete(UUID id, Caller caller, Preconditions preconditions) {
        change(id, caller, preconditions, post -> {
            post.delete();
            posts.delete(post);
            posts.flush();
            return post;
        });
    }

    private PostSnapshot change(UUID id, Caller caller, Preconditions preconditions, Function<Post, Post> change) {
        return transactions.execute(transaction -> {
            Post post = posts.findAndLock(id).orElseThrow(() -> new PostNotFound(id));
            Author author = authors.find(post.authorId()).orElseThrow(() -> new PostNotFound(id));
            PostSnapshot seen = post.snapshot(author);
            if (!seen.isVisibleTo(caller)) {
                throw new PostNotFound(id);
            }
            caller.requireSelfOrAdmin(author.id());
            preconditions.require(seen.etag());
            return change.apply(post).snapshot(author);
        });
    }
}
