{{/* The environment variables of a service: (list $ "user-service"). EnvironmentTest checks that the service reads each of them. */}}
{{- define "herald.env" -}}
{{- $root := index . 0 }}
{{- $service := index . 1 }}
{{- $values := $root.Values }}
{{- $database := get (dict "user-service" "users" "post-service" "posts" "notification-service" "notifications") $service }}
- name: SERVER_PORT
  value: {{ include "herald.port" $service | quote }}
- name: MANAGEMENT_SERVER_PORT
  value: {{ include "herald.managementPort" $service | quote }}
{{- if eq $values.discovery.mode "eureka" }}
{{ include "herald.fromSecret" (list "HERALD_EUREKA_PASSWORD" $values.secretName "HERALD_EUREKA_PASSWORD") }}
{{- if eq $service "discovery" }}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: HERALD_EUREKA_HOSTNAME
  value: $(POD_NAME).discovery
- name: HERALD_EUREKA_PEERS
  value: {{ include "herald.registries" $root }}
{{- else }}
- name: HERALD_EUREKA_URL
  value: {{ include "herald.registries" $root }}
{{- end }}
{{- else }}
- name: HERALD_DISCOVERY
  value: dns
{{- end }}
{{- if has $service (list "user-service" "post-service") }}
{{ include "herald.fromSecret" (list "HERALD_SECRET" $values.secretName "HERALD_SECRET") }}
{{- end }}
{{- if has $service (list "user-service" "notification-service") }}
{{ include "herald.fromSecret" (list "HERALD_EMAIL_SECRET" $values.secretName "HERALD_EMAIL_SECRET") }}
{{- end }}
{{- if eq $service "user-service" }}
{{ include "herald.optionalFromSecret" (list "HERALD_ADMIN_EMAIL" $values.secretName "HERALD_ADMIN_EMAIL") }}
{{ include "herald.optionalFromSecret" (list "HERALD_ADMIN_PASSWORD" $values.secretName "HERALD_ADMIN_PASSWORD") }}
{{- end }}
{{- if $database }}
{{- $settings := get $values.databases $database }}
- name: SPRING_DATASOURCE_URL
  value: {{ $settings.url | quote }}
{{ include "herald.fromSecret" (list "SPRING_DATASOURCE_USERNAME" $settings.secretName "username") }}
{{ include "herald.fromSecret" (list "SPRING_DATASOURCE_PASSWORD" $settings.secretName "password") }}
- name: SPRING_KAFKA_BOOTSTRAP_SERVERS
  value: {{ $values.kafka.bootstrapServers | quote }}
{{- with $values.kafka.topicReplicas }}
- name: HERALD_TOPIC_REPLICAS
  value: {{ . | quote }}
{{- end }}
{{- with $values.kafka.minInsyncReplicas }}
- name: HERALD_TOPIC_MIN_INSYNC_REPLICAS
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- if has $service (list "user-service" "post-service") }}
- name: HERALD_OUTBOX_RELAY
  value: {{ $values.outbox.relay }}
{{- end }}
{{- if ne $service "discovery" }}
{{- if $values.redis.secretName }}
{{ include "herald.fromSecret" (list "SPRING_DATA_REDIS_URL" $values.redis.secretName "url") }}
{{- else }}
- name: SPRING_DATA_REDIS_URL
  value: {{ $values.redis.url | quote }}
{{- end }}
{{- end }}
{{- if has $service (list "user-service" "notification-service") }}
- name: HERALD_PUBLIC_URL
  value: {{ coalesce $values.publicUrl (printf "https://%s" (coalesce $values.ingress.host $values.httpRoute.host)) | quote }}
{{- end }}
{{- if eq $service "notification-service" }}
- name: SPRING_MAIL_HOST
  value: {{ $values.smtp.host | quote }}
- name: SPRING_MAIL_PORT
  value: {{ $values.smtp.port | quote }}
- name: HERALD_EMAIL_FROM
  value: {{ $values.smtp.from | quote }}
- name: HERALD_EMAIL_TLS
  value: {{ $values.smtp.tls | quote }}
{{- if $values.smtp.secretName }}
{{ include "herald.fromSecret" (list "SPRING_MAIL_USERNAME" $values.smtp.secretName "username") }}
{{ include "herald.fromSecret" (list "SPRING_MAIL_PASSWORD" $values.smtp.secretName "password") }}
{{- end }}
{{- end }}
{{- if and (eq $service "gateway") $values.trustedProxies }}
- name: HERALD_TRUSTED_PROXIES
  value: {{ $values.trustedProxies | quote }}
{{- else if $database }}
- name: HERALD_TRUSTED_PROXIES
  value: {{ $values.podNetwork | quote }}
{{- end }}
{{ include "herald.optionalFromSecret" (list "HERALD_MANAGEMENT_TOKEN" $values.secretName "HERALD_MANAGEMENT_TOKEN") }}
{{- with $values.env }}
{{ toYaml . }}
{{- end }}
{{- with (get $values.services $service).env }}
{{ toYaml . }}
{{- end }}
{{- end }}
