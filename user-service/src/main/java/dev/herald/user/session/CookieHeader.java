package dev.herald.user.session;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the request header of an operation with a {@link TokenTransport}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        in = ParameterIn.HEADER,
        name = TokenTransport.HEADER,
        description = "`cookie` keeps the refresh token in a cookie that scripts cannot read.",
        schema = @Schema(type = "string", allowableValues = "cookie"))
@interface CookieHeader {}
