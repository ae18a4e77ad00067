package dev.herald.user.account;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/users")
class UserController {

    private final Registration registration;
    private final Users users;

    UserController(Registration registration, Users users) {
        this.registration = registration;
        this.users = users;
    }

    @PostMapping
    ResponseEntity<UserView> register(@Valid @RequestBody RegisterUser request) {
        User user = registration.register(request);
        return ResponseEntity.created(URI.create("/api/users/" + user.id())).body(UserView.ofOneself(user));
    }

    @GetMapping("/{id}")
    UserView read(@PathVariable UUID id) {
        return users.findById(id).map(UserView::ofAnother).orElseThrow(() -> new UserNotFound(id));
    }
}
