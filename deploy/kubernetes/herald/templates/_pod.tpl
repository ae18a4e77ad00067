{{/* The pod of a service: (list $ "gateway"). */}}
{{- define "herald.pod" -}}
{{- $root := index . 0 }}
{{- $service := index . 1 }}
{{- $values := $root.Values }}
metadata:
  labels:
    {{- include "herald.labels" . | nindent 4 }}
spec:
  serviceAccountName: {{ $service }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  {{- if $values.topologySpread }}
  topologySpreadConstraints:
    {{- range $key := list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "herald.selector" (list $root $service) | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ $service }}
      image: {{ include "herald.image" . }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      ports:
        - name: http
          containerPort: {{ include "herald.port" $service }}
        - name: management
          containerPort: {{ include "herald.managementPort" $service }}
      env:
        {{- include "herald.env" . | nindent 8 }}
      # A start may take up to 300 s: it waits for a migration, for Kafka (20 s) and for user-service's keys (30 s).
      startupProbe:
        httpGet: {path: /actuator/health/startup, port: management}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 150
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 10
        timeoutSeconds: 3
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: management}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 3
      resources:
        {{- toYaml (get $values.services $service).resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
  volumes:
    # On disk, because in memory the files would count against the container's memory limit.
    - name: tmp
      emptyDir:
        sizeLimit: 256Mi
{{- end }}
