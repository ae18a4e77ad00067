{{/* The labels that select the pods of a service: (list $ "gateway"). */}}
{{- define "herald.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end }}

{{- define "herald.labels" -}}
{{ include "herald.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/part-of: herald
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: herald-{{ (index . 0).Chart.Version }}
{{- end }}

{{- define "herald.port" -}}
{{ get (dict "gateway" "8080" "user-service" "8081" "post-service" "8082" "notification-service" "8083" "discovery" "8761") . }}
{{- end }}

{{- define "herald.managementPort" -}}
{{ get (dict "gateway" "9080" "user-service" "9081" "post-service" "9082" "notification-service" "9083" "discovery" "9761") . }}
{{- end }}

{{- define "herald.image" -}}
{{ (index . 0).Values.image.repository }}/{{ index . 1 }}:{{ (index . 0).Values.image.tag | default (index . 0).Chart.AppVersion }}
{{- end }}

{{/* The URLs of all registries, separated by commas. */}}
{{- define "herald.registries" -}}
{{- $urls := list }}
{{- range $number := until (int .Values.services.discovery.replicas) }}
{{- $urls = append $urls (printf "http://discovery-%d.discovery:8761/eureka/" $number) }}
{{- end }}
{{- join "," $urls }}
{{- end }}

{{/* An environment variable with a value of a Secret: (list name secret key). */}}
{{- define "herald.fromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- define "herald.optionalFromSecret" -}}
{{ include "herald.fromSecret" . }}
      optional: true
{{- end }}
