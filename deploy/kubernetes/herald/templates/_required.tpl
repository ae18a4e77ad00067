{{/* Fails with a sentence that names the first missing value. */}}
{{- define "herald.required" -}}
{{- $values := .Values }}
{{- $_ := required "Set image.repository: the repository that contains the images of ./herald images." $values.image.repository }}
{{- $_ := required "Set secretName: the Secret with the keys HERALD_SECRET, HERALD_EMAIL_SECRET and HERALD_EUREKA_PASSWORD. The chart makes no secrets." $values.secretName }}
{{- range $name, $database := $values.databases }}
{{- $_ := required (printf "Set databases.%s.url: jdbc:postgresql://host/%s" $name $name) $database.url }}
{{- $_ := required (printf "Set databases.%s.secretName: the Secret with the keys username and password." $name) $database.secretName }}
{{- end }}
{{- $_ := required "Set kafka.bootstrapServers: kafka:9092" $values.kafka.bootstrapServers }}
{{- $_ := required "Set redis.url, or redis.secretName: the Secret with the key url." (coalesce $values.redis.url $values.redis.secretName) }}
{{- $_ := required "Set smtp.host: the mail server." $values.smtp.host }}
{{- $_ := required "Set smtp.from: the sender of the emails." $values.smtp.from }}
{{- $_ := required "Set podNetwork: the network of the pods. The services trust X-Forwarded-For only from this network, where the gateway is." $values.podNetwork }}
{{- if $values.ingress.enabled }}
{{- $_ := required "Set ingress.host: the name that clients call." $values.ingress.host }}
{{- $_ := required "Set ingress.tlsSecretName: the Secret with the certificate." $values.ingress.tlsSecretName }}
{{- end }}
{{- if $values.httpRoute.enabled }}
{{- $_ := required "Set httpRoute.host: the name that clients call." $values.httpRoute.host }}
{{- $_ := required "Set httpRoute.parentRefs: the Gateway that ends TLS." $values.httpRoute.parentRefs }}
{{- end }}
{{- if and (or $values.ingress.enabled $values.httpRoute.enabled) (not $values.trustedProxies) }}
{{- fail "Set trustedProxies: the network of the proxy in front of the gateway. Without it every client has the proxy's address, and they share one rate limit." }}
{{- end }}
{{- $_ := required "Set publicUrl: the URL at which users reach the gateway, for the links in emails and the cookie of the refresh token." (coalesce $values.publicUrl $values.ingress.host $values.httpRoute.host) }}
{{- end }}
